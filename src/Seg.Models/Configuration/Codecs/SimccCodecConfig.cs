namespace Seg.Models.Configuration;

/// <summary>
/// <c>simcc</c>: which column and which row, as two classifications; see <see cref="Codecs.SimccCodec"/>. Needs the head <c>simcc</c>.
/// </summary>
public sealed record SimccCodecConfig : CodecConfig
{
    /// <summary>Bins of an input pixel (<c>simcc_split_ratio</c>, k in the paper); above 0. Default 2.</summary>
    public double SplitRatio { get; init; } = 2;

    /// <summary>
    /// σ of the Gaussians, in bins, along x and y; each above 0. Default: RTMPose's rule √(bins / 16), of which its 4.9 and 5.66 for
    /// 192x256 are roundings.
    /// </summary>
    public double[]? Sigma { get; init; }

    /// <summary>Whether targets add up to about 1, as in SimCC's code and unlike RTMPose's, where their peak is 1. Default false.</summary>
    public bool Normalize { get; init; }

    /// <summary>
    /// Whether the flip test moves mirrored outputs by the split_ratio - 1 bins that mirroring shifts them by, as in SimCC's code
    /// (SHIFT_HEATMAP) and unlike mmpose's. Default true.
    /// </summary>
    public bool FlipShift { get; init; } = true;

    /// <summary>What the score of a keypoint is taken from. Default: the outputs themselves, as RTMPose has it.</summary>
    public SimccScore Score { get; init; } = SimccScore.Output;

    /// <summary>Where a keypoint is said to be that has no score above 0. Default: outside, in bins, as RTMPose has it.</summary>
    public NoPeak NoPeak { get; init; } = NoPeak.Outside;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (SplitRatio is not (> 0 and <= 64))
            yield return new(nameof(SplitRatio), $"is {SplitRatio}; must be above 0, at most 64");
        if (Sigma is not null && (Sigma.Length != 2 || Sigma.Any(sigma => sigma is not (> 0 and < double.PositiveInfinity))))
            yield return new(nameof(Sigma), $"is [{string.Join(", ", Sigma)}]; must be two numbers above 0, along x and y");
    }

    /// <summary>Bins along an axis of the input.</summary>
    internal int Bins(int extent) => (int)Math.Round(extent * SplitRatio);
}
