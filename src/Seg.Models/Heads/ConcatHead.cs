using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// HRNetV2's own head: all maps at the size of the finest, concatenated, a 1x1 convolution with norm and ReLU, and the classifier.
/// </summary>
/// <remarks>
/// Wang et al., arXiv:1908.07919; keys and numbers of the authors' segmentation code.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, classes, h_0, w_0).
/// </remarks>
public sealed class ConcatHead : Head, IFoldable
{
    private readonly ConcatConvNormAct mix;
    private readonly Conv2d classifier;

    /// <param name="maps">The backbone's maps.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to the finest one's size.</param>
    public ConcatHead(IReadOnlyList<FeatureMap> maps, int classes, bool alignCorners) : base(nameof(ConcatHead))
    {
        int[] channels = [.. maps.Select(map => map.Channels)];
        // The authors' Sequential: convolution, norm, ReLU (no entry 2, as it holds nothing), classifier.
        var lastLayer = ModuleGroup.In(this, "last_layer");
        mix = new ConcatConvNormAct(channels, channels.Sum(), bias: true, alignCorners).RegisterIn(lastLayer, "0", "1");
        classifier = Conv2d(channels.Sum(), classes, 1L);
        lastLayer.register_module("3", classifier);
    }

    public override string? Key => null;

    public override Tensor[] forward(Tensor[] maps)
    {
        using var mixed = mix.Forward(maps);     // (N, sum of C_i, h_0, w_0)
        return [classifier.call(mixed)];
    }

    public override void InitializeAsAuthors() => WeightInitializer.DrawConvolutions(this, deviation: 0.001);

    public void Fold() => mix.Fold();
}
