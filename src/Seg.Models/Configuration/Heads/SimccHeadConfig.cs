namespace Seg.Models.Configuration;

/// <summary>
/// <c>simcc</c>: a map a keypoint, then a linear layer for its column and one for its row. Needs the codec <c>simcc</c>, which says the
/// bins.
/// </summary>
public sealed record SimccHeadConfig : HeadConfig, IChecked
{
    /// <summary>[height, width] in pixels of the inputs, the only ones that the linear layers are made for. Default [256, 192].</summary>
    public int[] InputSize { get; init; } = [256, 192];

    /// <summary>Extent of the convolution's kernel, 1 or 3 (FINAL_CONV_KERNEL in the authors' code). Default 1.</summary>
    public int Kernel { get; init; } = 1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InputSize.Length != 2 || InputSize.Any(extent => extent < 1))
            yield return new(nameof(InputSize), "must be two numbers, each at least 1: height and width");
        if (Kernel is not (1 or 3))
            yield return new(nameof(Kernel), $"is {Kernel}; must be 1 or 3");
    }
}
