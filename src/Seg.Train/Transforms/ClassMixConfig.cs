using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// ClassMix (Olsson et al., arXiv:2007.07936): of another training image's crop, half of the classes (rounded up) are put onto a crop, pixels
/// and labels. The <c>class_mix:</c> section of an augmentation.
/// </summary>
public sealed record ClassMixConfig : IChecked
{
    /// <summary>Share of the crops that are mixed, 0–1; default 0.5. Each mixed crop reads a second image.</summary>
    public double Probability { get; init; } = 0.5;

    public IEnumerable<ConfigFault> Faults() => ConfigRange.Probability(nameof(Probability), Probability);
}
