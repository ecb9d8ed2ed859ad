using Seg.Models.Backbones;
using Seg.Models.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// Object-contextual representations (OCR): a coarse segmentation tells which pixels belong to an object region, the pixels of a region make its
/// representation, and every pixel is classified by its own representation and the context that it gathers from the regions.
/// </summary>
/// <remarks>
/// Yuan et al., "Object-Contextual Representations for Semantic Segmentation", ECCV 2020, arXiv:1909.11065; keys and numbers of the authors'
/// HRNet-OCR code. The coarse segmentation's softmax is over the positions, for each class.
/// Shapes: maps (N, C_i, h_i, w_i) → the coarse (auxiliary) logits and the main ones, each (N, classes, h_0, w_0).
/// </remarks>
public sealed class OcrHead : Head, IFoldable
{
    private readonly bool alignCorners;
    private readonly ConvNormAct represent;
    private readonly ObjectAttention attention;
    private readonly ConcatConvNormAct fuse;
    private readonly Dropout2d dropout;
    private readonly Conv2d classifier;
    private readonly ConcatConvNormAct mix;
    private readonly Conv2d auxiliaryClassifier;

    /// <param name="maps">The backbone's maps.</param>
    /// <param name="classes">K, the channels of both results and the number of regions; at least 1.</param>
    /// <param name="midChannels">Channels of the pixels' representation; at least 1.</param>
    /// <param name="keyChannels">Channels in which pixels and regions are compared; at least 1.</param>
    /// <param name="dropout">Share of channels that are dropped before the classifier while training.</param>
    /// <param name="auxiliaryWeight">What the auxiliary output counts in the training loss.</param>
    /// <param name="alignCorners">How coarse maps are interpolated to the finest one's size.</param>
    public OcrHead(
        IReadOnlyList<FeatureMap> maps, int classes, int midChannels, int keyChannels, double dropout, double auxiliaryWeight, bool alignCorners)
        : base(nameof(OcrHead))
    {
        this.alignCorners = alignCorners;
        OutputWeights = [auxiliaryWeight, 1];
        int[] channels = [.. maps.Select(map => map.Channels)];
        var sum = channels.Sum();

        // The names, and their order, are the checkpoints'. Indices that are left out are ReLUs, which hold nothing.
        represent = ConvNormAct.Create(sum, midChannels, kernel: 3, bias: true).RegisterAsSequence(this, "conv3x3_ocr");
        var distribution = ModuleGroup.In(this, "ocr_distri_head");
        distribution.register_module("object_context_block", attention = new ObjectAttention(midChannels, keyChannels));
        fuse = new ConcatConvNormAct([midChannels, midChannels], midChannels, bias: false, alignCorners);
        var fusion = ModuleGroup.In(distribution, "conv_bn_dropout");
        fusion.RegisterWithInnerNorm(0, fuse.Conv, fuse.Norm);
        fusion.register_module("2", this.dropout = Dropout2d(dropout));
        register_module("cls_head", classifier = Conv2d(midChannels, classes, 1L));
        var auxiliary = ModuleGroup.In(this, "aux_head");
        mix = new ConcatConvNormAct(channels, sum, bias: true, alignCorners).RegisterIn(auxiliary, "0", "1");
        auxiliary.register_module("3", auxiliaryClassifier = Conv2d(sum, classes, 1L));
    }

    public override string? Key => null;

    public override int MainOutput => 1;

    public override IReadOnlyList<double> OutputWeights { get; }

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var auxiliary = auxiliaryClassifier.call(mix.Forward(maps));           // (N, K, h_0, w_0)
        var pixels = represent.Forward(Concatenated(maps));                    // (N, mid, h_0, w_0)
        var context = attention.call([pixels, GatherRegions(pixels, auxiliary)]);   // (N, mid, h_0, w_0)
        var fused = dropout.call(fuse.Forward([context, pixels]));             // (N, mid, h_0, w_0)
        return [auxiliary.MoveToOuterDisposeScope(), classifier.call(fused).MoveToOuterDisposeScope()];
    }

    /// <summary>The authors leave this head as PyTorch makes it.</summary>
    public override void InitializeAsAuthors() { }

    public void Fold()
    {
        represent.Fold();
        fuse.Fold();
        mix.Fold();
    }

    /// <summary>
    /// All maps at the size of the first. A 3x3 convolution reads it: unlike a 1x1 one, it does not commute with the interpolation.
    /// </summary>
    private Tensor Concatenated(Tensor[] maps)
    {
        long[] size = [.. maps[0].shape[2..]];
        return cat([.. maps.Select((map, i) => i == 0
            ? map
            : functional.interpolate(map, size, mode: InterpolationMode.Bilinear, align_corners: alignCorners))], 1);
    }

    /// <summary>
    /// The mean representation of each class's region, weighted by the softmax of its logits over the positions. (N, C, H, W) and
    /// (N, K, H, W) → (N, C, K, 1).
    /// </summary>
    private static Tensor GatherRegions(Tensor pixels, Tensor logits)
    {
        using var scope = NewDisposeScope();
        var rows = pixels.permute(0, 2, 3, 1).flatten(1, 2);                   // (N, H · W, C), a view where channels are innermost
        var weights = logits.permute(0, 2, 3, 1).flatten(1, 2).softmax(1);     // (N, H · W, K), adding up to 1 over H · W
        var regions = rows.transpose(1, 2).matmul(weights);                    // (N, C, K)
        return regions.unsqueeze(3).MoveToOuterDisposeScope();
    }
}
