namespace Seg.Models.Configuration;

/// <summary>Heatmaps by one convolution on the finest map, as the authors of pose HRNet have them.</summary>
public sealed record HeatmapHeadConfig : HeadConfig, IChecked
{
    /// <summary>Extent of the convolution's kernel, 1 or 3 (FINAL_CONV_KERNEL in the authors' code). Default 1.</summary>
    public int Kernel { get; init; } = 1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Kernel is not (1 or 3))
            yield return new(nameof(Kernel), $"is {Kernel}; must be 1 or 3");
    }
}
