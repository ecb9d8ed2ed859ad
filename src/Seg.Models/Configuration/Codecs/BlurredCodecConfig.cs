namespace Seg.Models.Configuration;

/// <summary>What codecs have in common that refine a peak on a blurred heatmap: DARK and UDP.</summary>
public abstract record BlurredCodecConfig : MapCodecConfig
{
    /// <summary>
    /// Extent of the kernel that heatmaps are blurred with before a peak is refined, in heatmap pixels; odd, at least 3. Default 11, whose
    /// σ is 2 as that of the targets; the authors' for a sigma of 3 is 17.
    /// </summary>
    public int BlurKernel { get; init; } = 11;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (BlurKernel < 3 || BlurKernel % 2 == 0)
            yield return new(nameof(BlurKernel), $"is {BlurKernel}; must be odd, at least 3");
    }
}
