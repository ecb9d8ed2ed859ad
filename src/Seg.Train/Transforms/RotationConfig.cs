using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>Random turns: the <c>rotate:</c> section of an augmentation. What comes from outside of the image is ignored.</summary>
public sealed record RotationConfig : IChecked
{
    /// <summary>Largest angle to either side, in degrees, 0–180; default 10. Drawn uniformly.</summary>
    public double Degrees { get; init; } = 10;

    /// <summary>Share of the crops that are turned, 0–1; default 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Degrees is not (>= 0 and <= 180))
            yield return new(nameof(Degrees), $"is {Degrees}; must be 0 to 180");
        foreach (var fault in ConfigRange.Probability(nameof(Probability), Probability))
            yield return fault;
    }
}
