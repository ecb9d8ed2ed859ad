namespace Seg.Models.Configuration;

/// <summary>SPNet's head: all maps concatenated, reduced to half of the channels, two mixed pooling modules, and the classifier.</summary>
public sealed record StripPoolingHeadConfig : HeadConfig, IChecked
{
    /// <summary>Extents of the two square grids to which the mixed pooling modules average. Default [20, 12].</summary>
    public int[] PoolSizes { get; init; } = [20, 12];

    /// <summary>Share of channels that are dropped before the classifier while training, 0 to below 1. Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (PoolSizes.Length != 2 || PoolSizes.Any(size => size < 1))
            yield return new(nameof(PoolSizes), "must be two numbers, each at least 1");
        if (Dropout is not (>= 0 and < 1))
            yield return new(nameof(Dropout), $"is {Dropout}; must be at least 0 and below 1");
    }
}
