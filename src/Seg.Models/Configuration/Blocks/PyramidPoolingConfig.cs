namespace Seg.Models.Configuration;

/// <summary>Pyramid pooling (PSPNet): the map, and behind it what averages over grids of several sizes tell about it.</summary>
public sealed record PyramidPoolingConfig : BlockConfig, IChecked
{
    /// <summary>Extents of the square grids of averages; each at least 1. Default [1, 2, 3, 6].</summary>
    public int[] PoolSizes { get; init; } = [1, 2, 3, 6];

    /// <summary>How the grids are interpolated back to the map's size. Default true.</summary>
    public bool AlignCorners { get; init; } = true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (PoolSizes.Length == 0 || PoolSizes.Any(size => size < 1))
            yield return new(nameof(PoolSizes), "must be at least one number, each at least 1");
        else if (InChannels < PoolSizes.Length)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least {PoolSizes.Length}, one for each of pool_sizes");
    }
}
