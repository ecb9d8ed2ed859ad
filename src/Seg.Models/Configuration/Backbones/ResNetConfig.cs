namespace Seg.Models.Configuration;

/// <summary>
/// Sizes of one ResNet variant (He et al., arXiv:1512.03385), all with bottlenecks: the plain network, and with blocks placed in it SPNet's
/// backbone, SKNet, LR-Net, and ResNets with non-local or relation-aware attention. The defaults are those of torchvision's networks.
/// </summary>
public sealed record ResNetConfig : BackboneConfig, IChecked
{
    private static readonly Dictionary<int, int[]> UnitsByDepth = new()
    {
        [26] = [2, 2, 2, 2],
        [50] = [3, 4, 6, 3],
        [101] = [3, 4, 23, 3],
        [152] = [3, 8, 36, 3],
    };

    /// <summary>
    /// Layers with weights, 26, 50, 101 or 152, which stand for [2, 2, 2, 2], [3, 4, 6, 3], [3, 4, 23, 3] and [3, 8, 36, 3] units.
    /// </summary>
    public int? Depth { get; init; }

    /// <summary>
    /// Residual units in each of the four stages, in place of a depth. A stage of 0 units is left out, and hands on no map.
    /// </summary>
    public int[]? UnitsPerStage { get; init; }

    /// <summary>What the backbone is called in the state dict; its parts stand there without a common name where it is not given.</summary>
    public string? Key { get; init; }

    /// <summary>Default plain.</summary>
    public ResNetStem Stem { get; init; } = ResNetStem.Plain;

    /// <summary>How the stem's pooling treats the borders. Default padded.</summary>
    public StemPooling StemPooling { get; init; } = StemPooling.Padded;

    /// <summary>Channels of the stem, of which the deep one hands on twice as many; at least 1. Default 64.</summary>
    public int StemChannels { get; init; } = 64;

    /// <summary>Channels of the input; at least 1. Default 3: an RGB image.</summary>
    public int InChannels { get; init; } = 3;

    /// <summary>Image pixels from one position of the input to the next; more than 1 where the input is itself a map. Default 1.</summary>
    public int InStride { get; init; } = 1;

    /// <summary>Channels inside the units of stage 1; stage i has width · 2^(i - 1). At least 1, default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>
    /// Channels that stage 1 hands on; stage i hands on out_channels · 2^(i - 1). At least 1. Default: 4 times the width.
    /// </summary>
    public int? OutChannels { get; init; }

    /// <summary>Stride of each stage's first unit, each 1 or 2. Default [1, 2, 2, 2].</summary>
    public int[] Strides { get; init; } = [1, 2, 2, 2];

    /// <summary>
    /// For each stage the dilations of its units' 3x3 convolutions, one after the other; the last one holds for all units that follow.
    /// Default [[1], [1], [1], [1]].
    /// </summary>
    public int[][] Dilations { get; init; } = [[1], [1], [1], [1]];

    /// <summary>Blocks in and after the units and stages; of two at the same place in a unit, the later one stands. Default none.</summary>
    public ResNetPlacementConfig[] Placements { get; init; } = [];

    /// <summary>Residual units in each stage, however they were given.</summary>
    public IReadOnlyList<int> Units => UnitsPerStage ?? UnitsByDepth[Depth ?? 50];

    /// <summary>Channels inside the units of a stage, 1 to 4.</summary>
    public int WidthOf(int stage) => Width << (stage - 1);

    /// <summary>Channels that a stage, 1 to 4, hands on.</summary>
    public int OutChannelsOf(int stage) => (OutChannels ?? 4 * Width) << (stage - 1);

    /// <summary>Dilation of a unit, 1 to the stage's count, of a stage, 1 to 4.</summary>
    public int DilationOf(int stage, int unit) => Dilations[stage - 1][Math.Min(unit, Dilations[stage - 1].Length) - 1];

    public override int MapCount => Units.Count(count => count > 0);

    public IEnumerable<ConfigFault> Faults()
    {
        ConfigFault[] faults = [.. SizeFaults()];
        // Where sizes are wrong, the channels that blocks would get are, too.
        return faults.Length > 0 ? faults : PlacementFaults();
    }

    private IEnumerable<ConfigFault> SizeFaults()
    {
        if (Depth is null == UnitsPerStage is null)
            yield return new(nameof(Depth), "and units_per_stage exclude each other; give one of them");
        if (Depth is { } depth && !UnitsByDepth.ContainsKey(depth))
            yield return new(nameof(Depth), $"is {depth}; must be {string.Join(", ", UnitsByDepth.Keys)}, or give units_per_stage");
        if (UnitsPerStage is { } units && (units.Length != 4 || units.Any(count => count < 0) || units.Sum() == 0))
            yield return new(nameof(UnitsPerStage), "must be four numbers, each 0 or more and not all 0");
        if (Key is not null && !ConfigNames.IsModuleName(Key))
            yield return new(nameof(Key), $"is '{Key}'; must be letters, digits and underscores");
        if (StemChannels < 1)
            yield return new(nameof(StemChannels), $"is {StemChannels}; must be at least 1");
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (InStride < 1)
            yield return new(nameof(InStride), $"is {InStride}; must be at least 1");
        if (Width < 1)
            yield return new(nameof(Width), $"is {Width}; must be at least 1");
        if (OutChannels < 1)
            yield return new(nameof(OutChannels), $"is {OutChannels}; must be at least 1");
        if (Strides.Length != 4 || Strides.Any(stride => stride is not (1 or 2)))
            yield return new(nameof(Strides), "must be four numbers, each 1 or 2");
        if (Dilations.Length != 4 || Dilations.Any(stage => stage.Length == 0 || stage.Any(dilation => dilation < 1)))
            yield return new(nameof(Dilations), "must be four lists, each of at least one number, each at least 1");
    }

    private IEnumerable<ConfigFault> PlacementFaults()
    {
        for (var i = 0; i < Placements.Length; i++)
        {
            foreach (var problem in ProblemsOf(Placements[i]))
                yield return new(nameof(Placements), $"number {i + 1} ({Placements[i].Block.Name}) {problem}");
            if (Placements.Take(i).Any(Placements[i].SharesKeys))
            {
                yield return new(
                    nameof(Placements), $"number {i + 1} ({Placements[i].Block.Name}) has the key of an earlier one at the same place; give it a key");
            }
        }
    }

    private IEnumerable<string> ProblemsOf(ResNetPlacementConfig placement)
    {
        if (placement.Place == ResNetPlace.Stem)
        {
            if (Stem != ResNetStem.Plain)
                yield return $"is in the stem, which must then be plain, not {ConfigNames.ToSnakeCase(Stem.ToString())}";
            foreach (var fault in placement.Block.FaultsWith(StemChannels))
                yield return $"in the stem: {fault}";
            yield break;
        }
        foreach (var stage in placement.Stages)
        {
            var count = Units[stage - 1];
            if (placement.Units?.FirstOrDefault(unit => Math.Abs(unit) > count) is { } missing and not 0)
                yield return $"is at unit {missing} of stage {stage}, which has {count}";
            var inside = placement.Place is ResNetPlace.Convolution or ResNetPlace.Gate;
            var channels = inside ? WidthOf(stage) : OutChannelsOf(stage);
            foreach (var fault in placement.Block.FaultsWith(channels))
                yield return $"at stage {stage}: {fault}";
            foreach (var unit in Ordinal.UpTo(count).Where(unit => placement.Holds(stage, unit)))
            {
                if (placement.Place != ResNetPlace.Convolution || placement.Block is not LocalRelationConfig relation)
                    continue;
                foreach (var fault in relation.FaultsAsConvolution(channels, channels, DilationOf(stage, unit.Number)))
                    yield return $"in unit {unit.Number} of stage {stage}: {ConfigNames.ToSnakeCase(fault.Member)} {fault.Problem}";
            }
        }
    }
}
