using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>
/// The end of an HRNet module: into each branch flows the sum of all, coarser ones through a 1x1 convolution and interpolation, finer ones
/// through 3x3 convolutions of stride 2; then ReLU.
/// </summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → the same, or as many of them as are fused into.</remarks>
public sealed class HRNetFusion : KeyedModule<Tensor[], Tensor[]>, IFoldable
{
    // paths[target][source]: the steps that lead from one branch to the other; none from a branch to itself.
    private readonly ConvNormAct[][][] paths;
    private readonly FusionInterpolation interpolation;
    private readonly bool alignCorners;

    /// <param name="channels">Channels of each branch.</param>
    /// <param name="targets">How many branches are fused into, from the finest on; at least 1.</param>
    /// <param name="interpolation">How coarse maps are brought to a finer one's size; nearest needs factors of 2, 4, 8.</param>
    /// <param name="alignCorners">Whether bilinear interpolation aligns the corners.</param>
    public HRNetFusion(IReadOnlyList<int> channels, int targets, FusionInterpolation interpolation, bool alignCorners)
        : base(nameof(HRNetFusion))
    {
        this.interpolation = interpolation;
        this.alignCorners = alignCorners;
        paths = new ConvNormAct[targets][][];
        for (var target = 0; target < paths.Length; target++)
        {
            var group = ModuleGroup.In(this, $"{target}");
            paths[target] = new ConvNormAct[channels.Count][];
            for (var source = 0; source < channels.Count; source++)
                paths[target][source] = MakePath(group, channels, source, target);
        }
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var fused = new Tensor[paths.Length];
        for (var target = 0; target < fused.Length; target++)
        {
            // The first term always has the target's size: the path from branch 0 leads there, or is branch 0 itself.
            Tensor[] terms = [.. paths[target].Zip(maps, (steps, map) => steps.Follow(map))];
            fused[target] = Sum(terms).MoveToOuterDisposeScope();
            terms.DisposeExcept(maps);
        }
        return fused;
    }

    public void Fold()
    {
        foreach (var step in paths.SelectMany(target => target).SelectMany(steps => steps))
            step.Fold();
    }

    private Tensor Sum(Tensor[] terms) => interpolation == FusionInterpolation.Nearest
        ? TorchRuntime.Current.SumUpsampledNearest(terms, relu: true)
        : TorchRuntime.Current.SumUpsampled(terms, bias: null, alignCorners, relu: true);

    private static ConvNormAct[] MakePath(ModuleGroup group, IReadOnlyList<int> channels, int source, int target)
    {
        if (source == target)
            return [];   // its index is missing in the keys, as the authors' list has None there
        if (source > target)
            return [ConvNormAct.Create(channels[source], channels[target], kernel: 1, relu: false).RegisterAsSequence(group, $"{source}")];

        // One step for each halving; only the last changes the width, and only it goes without ReLU, which follows the sum.
        var owner = ModuleGroup.In(group, $"{source}");
        var count = target - source;
        return
        [
            .. Enumerable.Range(1, count).Select(step => ConvNormAct.Create(
                    channels[source], step == count ? channels[target] : channels[source], kernel: 3, stride: 2, relu: step < count)
                .RegisterAsSequence(owner, $"{step - 1}")),
        ];
    }
}
