namespace Seg.Models.Configuration;

/// <summary>The mixed pooling module (MPM) of SPNet: strips, two grids of averages and the map itself, added to the input.</summary>
public sealed record MixedPoolingConfig : BlockConfig, IChecked
{
    /// <summary>Extents of the two square grids of averages. Default [20, 12].</summary>
    public int[] PoolSizes { get; init; } = [20, 12];

    /// <summary>How the grids are interpolated back to the map's size. Default true.</summary>
    public bool AlignCorners { get; init; } = true;

    public override bool FitsMap => true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 4)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 4, as the module works in a quarter of them");
        if (PoolSizes.Length != 2 || PoolSizes.Any(size => size < 1))
            yield return new(nameof(PoolSizes), "must be two numbers, each at least 1");
    }
}
