using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>
/// <c>kl</c>: the divergence of probabilities over bins, for the codec <c>simcc</c>; see <see cref="SimccKlLoss"/>. The defaults are
/// RTMPose's.
/// </summary>
public sealed record SimccKlConfig : KeypointLossConfig
{
    /// <summary>What outputs are multiplied by before the softmax; above 0. Default 10; SimCC's code has 1.</summary>
    public double Beta { get; init; } = 10;

    /// <summary>
    /// Whether targets become probabilities by a softmax. Default true; SimCC's code takes them as they are, with the codec's
    /// <c>normalize</c>.
    /// </summary>
    public bool LabelSoftmax { get; init; } = true;

    /// <summary>What targets are multiplied by before their softmax; above 0. Default 10.</summary>
    public double LabelBeta { get; init; } = 10;

    private protected override bool IsOfMaps => false;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Beta is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Beta), $"is {Beta}; must be above 0");
        if (LabelBeta is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(LabelBeta), $"is {LabelBeta}; must be above 0");
    }
}
