namespace Seg.Models.Configuration;

/// <summary>The average over the map, batch norm, and a linear layer without bias, as RGA's authors have it.</summary>
public sealed record NormalizedClassifierConfig : ClassifierConfig, IChecked
{
    /// <summary>Share of features that are dropped before the linear layer while training, 0 to below 1. Default 0.</summary>
    public double Dropout { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Dropout is not (>= 0 and < 1))
            yield return new(nameof(Dropout), $"is {Dropout}; must be at least 0 and below 1");
    }
}
