using Seg.Models.Backbones;
using Seg.Models.Heads;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A backbone and a head, with the authors' keys: networks for segmentation and for pose alike.</summary>
/// <remarks>
/// While training, the outputs of the auxiliary head, where there is one, follow those of the main head.
/// Shapes: (N, 3, H, W) → the head's outputs, as a rule (N, classes, ⌈H / s⌉, ⌈W / s⌉), s the stride of the backbone's finest map.
/// </remarks>
public sealed class ComposedNetwork : NetworkOfParts
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
        Add(backbone.Key, backbone);
        Add(head.Head.Key, head.Head);
        if (auxiliary is not null)
            Add("auxlayer", auxiliary.Head.Head);   // as SPNet's authors call it
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
        return head.Predict(backbone.call(InTypeOfWeights(images))).MoveToOuterDisposeScope();
    }

    private Tensor[] Run(Tensor images, bool withAuxiliary)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.call(InTypeOfWeights(images));
        Tensor[] outputs = [.. head.Call(maps), .. withAuxiliary && auxiliary is not null ? auxiliary.Head.Call(maps) : []];
        foreach (var output in outputs)
            output.MoveToOuterDisposeScope();
        return outputs;
    }
}
