using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>One module of HRNet: residual blocks in every branch, then a fusion of all branches.</summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → the same, or as many of them as are fused into.</remarks>
public sealed class HRNetModule : KeyedModule<Tensor[], Tensor[]>
{
    private readonly ModuleChain[] branches;
    private readonly HRNetFusion fusion;

    /// <param name="branches">The blocks of each branch; two branches at least.</param>
    /// <param name="fusion">Made for the branches.</param>
    public HRNetModule(IEnumerable<ModuleChain> branches, HRNetFusion fusion) : base(nameof(HRNetModule))
    {
        this.branches = [.. branches];
        this.fusion = fusion;
        var group = ModuleGroup.In(this, nameof(branches));
        for (var i = 0; i < this.branches.Length; i++)
            group.register_module($"{i}", this.branches[i]);
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
