namespace Seg.Models.Configuration;

/// <summary>
/// SimpleBaseline's head for pose: transposed convolutions that double the coarsest map, then one convolution for the heatmaps.
/// </summary>
public sealed record DeconvolutionHeadConfig : HeadConfig, IChecked
{
    /// <summary>
    /// Channels of each transposed convolution, each at least 1. Default [256, 256, 256], which leads from stride 32 to stride 4.
    /// </summary>
    public int[] Channels { get; init; } = [256, 256, 256];

    /// <summary>Extent of the transposed convolutions' kernels: 2, 3 or 4. Default 4.</summary>
    public int Kernel { get; init; } = 4;

    /// <summary>Extent of the last convolution's kernel, 1 or 3 (FINAL_CONV_KERNEL in the authors' code). Default 1.</summary>
    public int FinalKernel { get; init; } = 1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Channels.Length == 0 || Channels.Any(count => count < 1))
            yield return new(nameof(Channels), "must be at least one number, each at least 1");
        if (Kernel is not (2 or 3 or 4))
            yield return new(nameof(Kernel), $"is {Kernel}; must be 2, 3 or 4");
        if (FinalKernel is not (1 or 3))
            yield return new(nameof(FinalKernel), $"is {FinalKernel}; must be 1 or 3");
    }
}
