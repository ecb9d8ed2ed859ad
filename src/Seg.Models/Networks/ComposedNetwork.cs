using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A backbone and a head, with the authors' keys: networks for segmentation and for pose alike.</summary>
/// <remarks>
/// Images are brought to the type of the weights, so that a network in bfloat16 takes float32 images.
/// Shapes: (N, 3, H, W) → the head's outputs, as a rule (N, classes, ⌈H / s⌉, ⌈W / s⌉), s the stride of the backbone's finest map.
/// </remarks>
public sealed class ComposedNetwork : Network, IFoldable
{
    private readonly Backbone backbone;
    private readonly Head head;

    /// <param name="backbone">Becomes the network's, as does the head.</param>
    /// <param name="head">Made for the backbone's maps.</param>
    /// <param name="alignCorners">How the output is to be brought to the image's size.</param>
    public ComposedNetwork(Backbone backbone, Head head, bool alignCorners) : base(nameof(ComposedNetwork))
    {
        this.backbone = backbone;
        this.head = head;
        AlignCorners = alignCorners;
        this.RegisterPart(backbone.Key, backbone);
        this.RegisterPart(head.Key, head);
    }

    public override int MainOutput => head.MainOutput;

    public override IReadOnlyList<double> OutputWeights => head.OutputWeights;

    public override bool AlignCorners { get; }

    public override Tensor[] forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var input = images.to_type(parameters().First().dtype);
        var outputs = head.call(backbone.call(input));
        foreach (var output in outputs)
            output.MoveToOuterDisposeScope();
        return outputs;
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
        if (head.Key is null)
            (head as IFoldable)?.Fold();
    }

    /// <summary>Fields are no components here: what has no key of its own is registered part by part.</summary>
    protected override void RegisterComponents() { }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        backbone.Dispose();
        head.Dispose();
    }
}
