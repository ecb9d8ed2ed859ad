using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>
/// <c>adaptive_wing</c>: small errors near keypoints count more than those on the ground; see <see cref="AdaptiveWingLoss"/>. The defaults
/// are the paper's.
/// </summary>
public sealed record AdaptiveWingConfig : KeypointLossConfig
{
    /// <summary>
    /// α: the exponent on the ground, which is one less at a keypoint; above 1, above 2 for a slope that ends at 0. Default 2.1.
    /// </summary>
    public double Alpha { get; init; } = 2.1;

    /// <summary>ω: the height; above 0, default 14.</summary>
    public double Omega { get; init; } = 14;

    /// <summary>ε: the smaller, the steeper for small errors; above 0, default 1.</summary>
    public double Epsilon { get; init; } = 1;

    /// <summary>θ: the error from which on the loss is linear; above 0, default 0.5.</summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>
    /// W of the paper's weighted loss map: pixels about the keypoints count 1 + W. At least 0; default 0, the loss by itself, as in mmpose.
    /// The paper has 10 with it.
    /// </summary>
    public double ForegroundWeight { get; init; }

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Alpha is not (> 1 and < double.PositiveInfinity))
            yield return new(nameof(Alpha), $"is {Alpha}; must be above 1");
        foreach (var (name, value) in new[] { (nameof(Omega), Omega), (nameof(Epsilon), Epsilon), (nameof(Theta), Theta) })
        {
            if (value is not (> 0 and < double.PositiveInfinity))
                yield return new(name, $"is {value}; must be above 0");
        }
        if (ForegroundWeight is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(ForegroundWeight), $"is {ForegroundWeight}; must be 0 or more");
    }
}
