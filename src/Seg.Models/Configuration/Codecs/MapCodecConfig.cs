namespace Seg.Models.Configuration;

/// <summary>What codecs with one heatmap a keypoint have in common.</summary>
public abstract record MapCodecConfig : CodecConfig
{
    /// <summary>
    /// σ of the Gaussians, in heatmap pixels; above 0. Default 2, the authors' for inputs of 256x192; theirs for 384x288 is 3.
    /// </summary>
    public double Sigma { get; init; } = 2;

    /// <summary>Input pixels between two heatmap pixels: the stride of the network's output. At least 1, default 4.</summary>
    public int Stride { get; init; } = 4;

    /// <summary>Where a keypoint is said to be whose heatmap has no value above 0. Default: the authors' origin.</summary>
    public NoPeak NoPeak { get; init; } = NoPeak.Origin;

    /// <summary>How peaks near the border of a heatmap are refined. Default: as the authors' code does, which errs there.</summary>
    public BorderPeaks Border { get; init; } = BorderPeaks.Official;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Sigma is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Sigma), $"is {Sigma}; must be above 0");
        if (Stride < 1)
            yield return new(nameof(Stride), $"is {Stride}; must be at least 1");
    }
}
