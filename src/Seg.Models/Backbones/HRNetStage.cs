using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>The modules of one stage of HRNet, one after the other.</summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → the same.</remarks>
public sealed class HRNetStage : KeyedModule<Tensor[], Tensor[]>
{
    private readonly HRNetModule[] steps;

    /// <param name="channels">Channels of each branch.</param>
    /// <param name="moduleCount">Modules; at least 1.</param>
    /// <param name="blocksPerBranch">Basic blocks in each branch of each module; at least 1.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to finer ones.</param>
    public HRNetStage(IReadOnlyList<int> channels, int moduleCount, int blocksPerBranch, bool alignCorners) : base(nameof(HRNetStage))
    {
        steps = new HRNetModule[moduleCount];
        for (var i = 0; i < moduleCount; i++)
            register_module($"{i}", steps[i] = new HRNetModule(channels, blocksPerBranch, alignCorners));
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        var results = steps[0].call(maps);
        foreach (var step in steps.AsSpan(1))
        {
            var between = results;
            results = step.call(between);
            between.DisposeExcept(kept: []);
        }
        return results;
    }
}
