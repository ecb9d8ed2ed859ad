namespace Seg.Models.Configuration;

/// <summary>A block at some places of a ResNet.</summary>
public sealed record ResNetPlacementConfig : IChecked
{
    public required ResNetPlace Place { get; init; }

    /// <summary>The block, without in_channels: every place says how many there are.</summary>
    public required BlockConfig Block { get; init; }

    /// <summary>Stages, 1 to 4. Default all; not asked where the place is the stem.</summary>
    public int[] Stages { get; init; } = [1, 2, 3, 4];

    /// <summary>
    /// Residual units of these stages: 1 is the first, -1 the last, -2 the one before. Default all; not asked where the place is no unit's.
    /// </summary>
    public int[]? Units { get; init; }

    /// <summary>
    /// What the block is called in the state dict; after a stage, the stage's number follows. Default: the block's name. Only for blocks
    /// after a unit or a stage.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Whether the block stands in or after this residual unit.</summary>
    internal bool Holds(int stage, Ordinal unit) => Stages.Contains(stage) && unit.IsIn(Units);

    /// <summary>The name after a unit or a stage, given or not.</summary>
    internal string Name => Key ?? Block.Name;

    /// <summary>Whether both stand after the same units or stages by the same name.</summary>
    internal bool SharesKeys(ResNetPlacementConfig other) =>
        Place is ResNetPlace.AfterUnit or ResNetPlace.AfterStage && Place == other.Place && Name == other.Name
        && Stages.Intersect(other.Stages).Any() && (Units is null || other.Units is null || Units.Intersect(other.Units).Any());

    public IEnumerable<ConfigFault> Faults()
    {
        if (Stages.Length == 0 || Stages.Any(stage => stage is < 1 or > 4))
            yield return new(nameof(Stages), "must be numbers of stages, each 1 to 4");
        if (Units is not null && (Units.Length == 0 || Units.Contains(0)))
            yield return new(nameof(Units), "must be numbers of residual units: 1 is the first of a stage, -1 the last");
        if (Units is not null && Place is (ResNetPlace.Stem or ResNetPlace.AfterStage))
            yield return new(nameof(Units), $"cannot be given where the place is {ConfigNames.ToSnakeCase(Place.ToString())}");
        if (Key is not null && Place is not (ResNetPlace.AfterUnit or ResNetPlace.AfterStage))
            yield return new(nameof(Key), $"cannot be given where the place is {ConfigNames.ToSnakeCase(Place.ToString())}");
        if (Key is not null && !ConfigNames.IsModuleName(Key))
            yield return new(nameof(Key), $"is '{Key}'; must be letters, digits and underscores");
        foreach (var fault in BlockFaults())
            yield return fault;
    }

    private IEnumerable<ConfigFault> BlockFaults() => Place switch
    {
        ResNetPlace.Stem or ResNetPlace.Convolution => Block.FaultsAsConvolution(nameof(Block)),
        ResNetPlace.Gate when Block is not StripPoolingConfig =>
            [new(nameof(Block), $"is {Block.Name}, which cannot be a gate; strip_pooling can")],
        _ => Block.FaultsOnMap(nameof(Block)),
    };
}
