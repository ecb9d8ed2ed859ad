using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>One module of HRNet: residual blocks in every branch, then a fusion of all branches into each.</summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → the same.</remarks>
public sealed class HRNetModule : KeyedModule<Tensor[], Tensor[]>
{
    private readonly ModuleChain[] branches;
    private readonly HRNetFusion fusion;

    /// <param name="channels">Channels of each branch; two branches at least.</param>
    /// <param name="blocksPerBranch">Basic blocks in each branch; at least 1.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to finer ones.</param>
    public HRNetModule(IReadOnlyList<int> channels, int blocksPerBranch, bool alignCorners) : base(nameof(HRNetModule))
    {
        var group = ModuleGroup.In(this, "branches");
        branches = [.. channels.Select(count =>
            new ModuleChain(Enumerable.Range(0, blocksPerBranch).Select(_ => new BasicBlock(count, count))))];
        for (var i = 0; i < branches.Length; i++)
            group.register_module($"{i}", branches[i]);
        fusion = new HRNetFusion(channels, alignCorners);
        register_module("fuse_layers", fusion);
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        Tensor[] worked = [.. branches.Zip(maps, (branch, map) => branch.call(map))];
        var fused = fusion.call(worked);
        foreach (var map in fused)
            map.MoveToOuterDisposeScope();
        return fused;
    }
}
