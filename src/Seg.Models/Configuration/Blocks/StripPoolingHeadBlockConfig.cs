namespace Seg.Models.Configuration;

/// <summary>SPNet's head on a single map, as a block of its own.</summary>
public sealed record StripPoolingHeadBlockConfig : BlockConfig, IChecked
{
    /// <summary>Channels of the output; at least 1. Default 19.</summary>
    public int OutChannels { get; init; } = 19;

    /// <summary>Extents of the two square grids of averages in the mixed pooling modules. Default [20, 12].</summary>
    public int[] PoolSizes { get; init; } = [20, 12];

    /// <summary>Share of channels that are dropped before the classifier while training, 0 to below 1. Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>How the grids are interpolated back to the map's size. Default true.</summary>
    public bool AlignCorners { get; init; } = true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 8)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 8, as mixed pooling works in an eighth of them");
        if (OutChannels < 1)
            yield return new(nameof(OutChannels), $"is {OutChannels}; must be at least 1");
        if (PoolSizes.Length != 2 || PoolSizes.Any(size => size < 1))
            yield return new(nameof(PoolSizes), "must be two numbers, each at least 1");
        if (Dropout is not (>= 0 and < 1))
            yield return new(nameof(Dropout), $"is {Dropout}; must be at least 0 and below 1");
    }
}
