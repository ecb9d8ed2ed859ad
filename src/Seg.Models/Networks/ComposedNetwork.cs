using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Heads;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A backbone and a head, with the authors' keys: networks for segmentation and for pose alike.</summary>
/// <remarks>
/// While training, the outputs of the auxiliary head, where there is one, follow those of the main head.
/// Images are brought to the type of the weights, so that a network in bfloat16 takes float32 images.
/// Shapes: (N, 3, H, W) → the head's outputs, as a rule (N, classes, ⌈H / s⌉, ⌈W / s⌉), s the stride of the backbone's finest map.
/// </remarks>
public sealed class ComposedNetwork : Network, IFoldable
{
    private readonly Backbone backbone;
    private readonly HeadOnMaps head;
    private readonly AuxiliaryHead? auxiliary;
    private readonly bool publishedAtImageSize;

    /// <param name="backbone">Becomes the network's, as do the heads.</param>
    /// <param name="head">The head, and which of the backbone's maps it gets.</param>
    /// <param name="alignCorners">How the output is to be brought to the image's size.</param>
    /// <param name="auxiliary">The head that only training needs; null for none.</param>
    /// <param name="publishedAtImageSize">Whether the authors' network itself brings its outputs to the image's size.</param>
    public ComposedNetwork(
        Backbone backbone, HeadOnMaps head, bool alignCorners, AuxiliaryHead? auxiliary = null, bool publishedAtImageSize = false)
        : base(nameof(ComposedNetwork))
    {
        this.backbone = backbone;
        this.head = head;
        this.auxiliary = auxiliary;
        this.publishedAtImageSize = publishedAtImageSize;
        AlignCorners = alignCorners;
        this.RegisterPart(backbone.Key, backbone);
        this.RegisterPart(head.Head.Key, head.Head);
        if (auxiliary is not null)
            register_module("auxlayer", auxiliary.Head.Head);   // as SPNet's authors call it
    }

    public override int MainOutput => head.Head.MainOutput;

    public override IReadOnlyList<double> OutputWeights =>
    [
        .. head.Head.OutputWeights,
        .. auxiliary is null ? [] : auxiliary.Head.Head.OutputWeights.Select(weight => weight * auxiliary.Weight),
    ];

    public override Module Backbone => backbone;

    public override bool AlignCorners { get; }

    public override Tensor[] forward(Tensor images) => Run(images, withAuxiliary: training);

    public override Tensor[] CallWithAuxiliary(Tensor images) => Run(images, withAuxiliary: true);

    public override Tensor[] CallAsPublished(Tensor images)
    {
        if (!publishedAtImageSize)
            return call(images);
        using var scope = NewDisposeScope();
        long[] size = [images.shape[2] * backbone.InStride, images.shape[3] * backbone.InStride];
        return [.. call(images).Select(Enlarged)];

        Tensor Enlarged(Tensor output) =>
            functional.interpolate(output, size, mode: InterpolationMode.Bilinear, align_corners: AlignCorners).MoveToOuterDisposeScope();
    }

    public override Tensor Predict(Tensor images)
    {
        using var scope = NewDisposeScope();
        var input = images.to_type(parameters().First().dtype);
        return head.Predict(backbone.call(input)).MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        // Those with a key of their own are modules of the network, and get their own call.
        if (backbone.Key is null)
            (backbone as IFoldable)?.Fold();
        if (head.Head.Key is null)
            (head.Head as IFoldable)?.Fold();
    }

    /// <summary>Fields are no components here: what has no key of its own is registered part by part.</summary>
    protected override void RegisterComponents() { }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        backbone.Dispose();
        head.Head.Dispose();
        auxiliary?.Head.Head.Dispose();
    }

    private Tensor[] Run(Tensor images, bool withAuxiliary)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.call(images.to_type(parameters().First().dtype));
        Tensor[] outputs = [.. head.Call(maps), .. withAuxiliary && auxiliary is not null ? auxiliary.Head.Call(maps) : []];
        foreach (var output in outputs)
            output.MoveToOuterDisposeScope();
        return outputs;
    }
}
