namespace Seg.Models.Configuration;

/// <summary>The mixed pooling module (MPM) of SPNet: strips, two grids of averages and the map itself, added to the input.</summary>
public sealed record MixedPoolingConfig : BlockConfig, IChecked
{
    /// <summary>Channels of the input and the output; at least 4, as the module works in a quarter of them.</summary>
    public required int InChannels { get; init; }

    /// <summary>Extents of the two square grids of averages. Default [20, 12].</summary>
    public int[] PoolSizes { get; init; } = [20, 12];

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 4)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 4");
        if (PoolSizes.Length != 2 || PoolSizes.Any(size => size < 1))
            yield return new(nameof(PoolSizes), "must be two numbers, each at least 1");
    }
}
