using Seg.Models.Backbones;
using Seg.Models.Blocks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// SPNet's head: all maps concatenated and reduced to half of their channels, two mixed pooling modules, and the classifier.
/// </summary>
/// <remarks>
/// Hou et al., "Strip Pooling", CVPR 2020, arXiv:2003.13328; keys and numbers of the authors' SPHead, which has a single map.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, classes, h_0, w_0).
/// </remarks>
public sealed class StripPoolingHead : Head, IFoldable
{
    private readonly ConcatConvNormAct reduce;
    private readonly MixedPooling pooling1, pooling2;
    private readonly ScoreLayer score;

    /// <param name="maps">The backbone's maps, together at least 8 channels.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    /// <param name="poolSizes">Extents of the two square grids of averages in the mixed pooling modules.</param>
    /// <param name="dropout">Share of channels that are dropped before the classifier while training.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to finer ones.</param>
    public StripPoolingHead(
        IReadOnlyList<FeatureMap> maps, int classes, IReadOnlyList<int> poolSizes, double dropout, bool alignCorners)
        : base(nameof(StripPoolingHead))
    {
        int[] channels = [.. maps.Select(map => map.Channels)];
        var inner = channels.Sum() / 2;
        // The names are the checkpoints' keys.
        var reduction = ModuleGroup.In(this, "trans_layer");
        reduce = new ConcatConvNormAct(channels, inner, bias: false, alignCorners).RegisterIn(reduction, "0", "1");
        register_module("strip_pool1", pooling1 = new MixedPooling(inner, poolSizes, alignCorners));
        register_module("strip_pool2", pooling2 = new MixedPooling(inner, poolSizes, alignCorners));
        register_module("score_layer", score = new ScoreLayer(inner, inner / 2, classes, dropout));
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var reduced = reduce.Forward(maps);                                    // (N, C/2, h_0, w_0), C the sum of C_i
        var pooled = pooling2.call(pooling1.call(reduced));                    // (N, C/2, h_0, w_0)
        return [score.call(pooled).MoveToOuterDisposeScope()];
    }

    /// <summary>The authors leave this head as PyTorch makes it.</summary>
    public override void InitializeAsAuthors() { }

    public void Fold() => reduce.Fold();
}
