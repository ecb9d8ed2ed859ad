using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>
/// Between two stages of HRNet: makes the coarser branches that the next stage has in addition, and fits the widths of the others.
/// </summary>
/// <remarks>
/// Shapes: maps (N, before_i, h_i, w_i) → maps (N, after_i, h_i, w_i), each map beyond those before with half of its neighbour's extents,
/// rounded up.
/// A map that needs no change is handed on as it is, the same tensor. Where the width of a branch changes, its own map is read, as in the
/// authors' segmentation code; their pose code reads the coarsest map there, which fits only where there is a single one, as after stage 1.
/// </remarks>
public sealed class HRNetTransition : KeyedModule<Tensor[], Tensor[]>, IFoldable
{
    // Steps of each branch; none where the map is handed on.
    private readonly ConvNormAct[][] branches;
    private readonly int countBefore;

    /// <param name="before">Channels of each branch of the stage before.</param>
    /// <param name="after">Channels of each branch of the stage that follows; at least as many branches.</param>
    public HRNetTransition(IReadOnlyList<int> before, IReadOnlyList<int> after) : base(nameof(HRNetTransition))
    {
        countBefore = before.Count;
        branches = new ConvNormAct[after.Count][];
        for (var i = 0; i < branches.Length; i++)
        {
            if (i >= before.Count)
                branches[i] = MakeCoarser(ModuleGroup.In(this, $"{i}"), before[^1], after[i], steps: i + 1 - before.Count);
            else if (before[i] != after[i])
                branches[i] = [ConvNormAct.Create(before[i], after[i], kernel: 3).RegisterAsSequence(this, $"{i}")];
            else
                branches[i] = [];   // its index is missing in the keys, as the authors' list has None there
        }
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        var results = new Tensor[branches.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = branches[i].Follow(maps[Math.Min(i, countBefore - 1)]);
        return results;
    }

    public void Fold()
    {
        foreach (var step in branches.SelectMany(steps => steps))
            step.Fold();
    }

    private static ConvNormAct[] MakeCoarser(ModuleGroup owner, int inChannels, int outChannels, int steps) =>
    [
        .. Enumerable.Range(0, steps).Select(step =>
            ConvNormAct.Create(inChannels, step == steps - 1 ? outChannels : inChannels, kernel: 3, stride: 2)
                .RegisterAsSequence(owner, $"{step}")),
    ];
}
