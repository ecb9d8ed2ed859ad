namespace Seg.Models.Configuration;

/// <summary>Sizes of one HRNet variant (Wang et al., arXiv:1908.07919). The defaults are those of the full-size segmentation networks.</summary>
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

    /// <summary>
    /// How a fusion brings coarse maps to a finer one's size. Default bilinear, as in the segmentation code; the pose code's is nearest.
    /// </summary>
    public FusionInterpolation Interpolation { get; init; } = FusionInterpolation.Bilinear;

    /// <summary>What the last module fuses into. Default all branches, as in the segmentation code; in the pose code it is the finest.</summary>
    public LastFusion LastFusion { get; init; } = LastFusion.All;

    /// <summary>Blocks of other papers, and where in the network they stand. Default none; the keys of all other parts stay the authors'.</summary>
    public HRNetPlacementConfig[] Placements { get; init; } = [];

    public override int MapCount => LastFusion == LastFusion.Finest ? 1 : 4;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Width < 1)
            yield return new(nameof(Width), $"is {Width}; must be at least 1");
        if (BottleneckChannels < 1)
            yield return new(nameof(BottleneckChannels), $"is {BottleneckChannels}; must be at least 1");
        if (BlocksPerStage.Length != 4 || BlocksPerStage.Any(count => count < 1))
        {
            yield return new(nameof(BlocksPerStage), "must be four numbers, each at least 1: for stages 1, 2, 3 and 4");
            yield break;
        }
        if (ModulesPerStage.Length != 3 || ModulesPerStage.Any(count => count < 1))
        {
            yield return new(nameof(ModulesPerStage), "must be three numbers, each at least 1: for stages 2, 3 and 4");
            yield break;
        }
        for (var stage = 1; stage <= 4; stage++)
        {
            foreach (var problem in PlacementProblems(stage, stage == 1 ? 1 : ModulesPerStage[stage - 2], BlocksPerStage[stage - 1]))
                yield return new(nameof(Placements), problem);
        }
    }

    private IEnumerable<string> PlacementProblems(int stage, int modules, int units)
    {
        for (var i = 0; i < Placements.Length; i++)
        {
            foreach (var problem in Placements[i].Stages.Contains(stage) ? Placements[i].FaultsIn(stage, modules, units) : [])
                yield return $"[{i}]: {problem}";
        }
        foreach (var place in new[] { HRNetPlace.Convolution, HRNetPlace.Gate })
        {
            var there = Placements.Where(placement => placement.Place == place).ToArray();
            if (HRNetSpot.Of(stage, modules, units).Any(spot => there.Count(placement => placement.Holds(spot)) > 1))
                yield return $"puts two blocks at one place ({ConfigNames.ToSnakeCase(place.ToString())}) of stage {stage}; only one can stand there";
        }
    }
}
