namespace Seg.Models.Configuration;

/// <summary>Sizes of one HRNet variant (Wang et al., arXiv:1908.07919). The defaults are those of the full-size networks.</summary>
public sealed record HRNetConfig : BackboneConfig, IChecked
{
    /// <summary>C in the paper: channels of the finest branch; branch i has C · 2^i channels at stride 4 · 2^i. At least 1.</summary>
    public required int Width { get; init; }

    /// <summary>Channels inside the bottlenecks of stage 1, a quarter of those that they hand on. Default 64.</summary>
    public int BottleneckChannels { get; init; } = 64;

    /// <summary>
    /// Bottlenecks in stage 1, then basic blocks in each branch of each module of stages 2, 3 and 4. Default [4, 4, 4, 4].
    /// </summary>
    public int[] BlocksPerStage { get; init; } = [4, 4, 4, 4];

    /// <summary>Modules (branches, then a fusion of all) in stages 2, 3 and 4. Default [1, 4, 3].</summary>
    public int[] ModulesPerStage { get; init; } = [1, 4, 3];

    public override int MapCount => 4;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Width < 1)
            yield return new(nameof(Width), $"is {Width}; must be at least 1");
        if (BottleneckChannels < 1)
            yield return new(nameof(BottleneckChannels), $"is {BottleneckChannels}; must be at least 1");
        if (BlocksPerStage.Length != 4 || BlocksPerStage.Any(count => count < 1))
            yield return new(nameof(BlocksPerStage), "must be four numbers, each at least 1: for stages 1, 2, 3 and 4");
        if (ModulesPerStage.Length != 3 || ModulesPerStage.Any(count => count < 1))
            yield return new(nameof(ModulesPerStage), "must be three numbers, each at least 1: for stages 2, 3 and 4");
    }
}
