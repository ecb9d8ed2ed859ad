using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>The modules of one stage of HRNet, one after the other.</summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → the same, or as many of them as the last module fuses into.</remarks>
public sealed class HRNetStage : KeyedModule<Tensor[], Tensor[]>
{
    private readonly HRNetModule[] steps;

    /// <param name="modules">At least one; only the last may fuse into fewer branches than it has.</param>
    public HRNetStage(IEnumerable<HRNetModule> modules) : base(nameof(HRNetStage))
    {
        steps = [.. modules];
        for (var i = 0; i < steps.Length; i++)
            register_module($"{i}", steps[i]);
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
