using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>Gaussian blur: the <c>blur:</c> section of an augmentation.</summary>
public sealed record BlurConfig : IChecked
{
    /// <summary>[least, greatest] standard deviation in pixels of the crop, 0.1 to 20, drawn uniformly; default [0.1, 2].</summary>
    public double[] Sigma { get; init; } = [0.1, 2];

    /// <summary>Share of the crops that are blurred, 0–1; default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    public IEnumerable<ConfigFault> Faults() =>
        [.. ConfigRange.Faults((nameof(Sigma), Sigma, 0.1, 20)), .. ConfigRange.Probability(nameof(Probability), Probability)];
}
