namespace Seg.Models.Configuration;

/// <summary>A block at some places of an HRNet. Everything is counted from 1; -1 is the last, -2 the one before.</summary>
public sealed record HRNetPlacementConfig : IChecked
{
    public required HRNetPlace Place { get; init; }

    /// <summary>The block, without in_channels: every place says how many there are.</summary>
    public required BlockConfig Block { get; init; }

    /// <summary>Stages, 1 to 4; stage s has s branches. Default all.</summary>
    public int[] Stages { get; init; } = [1, 2, 3, 4];

    /// <summary>Branches of each of these stages: 1 is the finest, -1 the coarsest. Default all.</summary>
    public int[]? Branches { get; init; }

    /// <summary>Modules of each of these stages; stage 1 is a single one. Default all.</summary>
    public int[]? Modules { get; init; }

    /// <summary>Residual units of each of these branches. Default all; not to be given after a branch.</summary>
    public int[]? Units { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Stages.Length == 0 || Stages.Any(stage => stage is < 1 or > 4))
            yield return new(nameof(Stages), $"is [{string.Join(", ", Stages)}]; must be numbers of stages, each 1 to 4");
        foreach (var stage in Stages.Where(stage => stage is >= 1 and <= 4))
        {
            if (Branches is not null && OutOfRange(Branches, stage) is { } problem)
                yield return new(nameof(Branches), $"{problem} branches of stage {stage}");
        }
        if (Units is not null && Place == HRNetPlace.AfterBranch)
            yield return new(nameof(Units), "cannot be given where the place is after_branch; it stands after them all");
        foreach (var fault in BlockFaults())
            yield return fault;
    }

    /// <summary>What is wrong with modules or units of a network that has so many of them.</summary>
    internal IEnumerable<string> FaultsIn(int stage, int modules, int units)
    {
        if (Modules is not null && OutOfRange(Modules, modules) is { } wrongModules)
            yield return $"modules {wrongModules} modules of stage {stage}";
        if (Units is not null && OutOfRange(Units, units) is { } wrongUnits)
            yield return $"units {wrongUnits} residual units of stage {stage}";
    }

    /// <summary>Whether the block stands at this spot.</summary>
    internal bool Holds(HRNetSpot spot) =>
        Stages.Contains(spot.Stage) && spot.Branch.IsIn(Branches) && spot.Module.IsIn(Modules) && spot.Unit.IsIn(Units);

    private static string? OutOfRange(int[] numbers, int count) =>
        numbers.Length > 0 && numbers.All(number => number != 0 && Math.Abs(number) <= count)
            ? null
            : $"is [{string.Join(", ", numbers)}]; must be 1 to {count}, or -1 (the last) to -{count}, of the {count}";

    private IEnumerable<ConfigFault> BlockFaults() => Place switch
    {
        HRNetPlace.Convolution => Block.FaultsAsConvolution(nameof(Block)),
        HRNetPlace.Gate when Block is not StripPoolingConfig => [new(nameof(Block), $"is {Block.Name}, which cannot be a gate; strip_pooling can")],
        _ => Block.FaultsOnMap(nameof(Block)),
    };
}
