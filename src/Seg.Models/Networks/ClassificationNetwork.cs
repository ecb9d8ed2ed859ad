using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A backbone and a classifier on its last map, with the authors' keys.</summary>
/// <remarks>
/// Images are brought to the type of the weights, so that a network in bfloat16 takes float32 images.
/// Shapes: (N, 3, H, W) → one output, (N, classes): scores before any softmax.
/// </remarks>
public sealed class ClassificationNetwork : Network, IFoldable
{
    private readonly Backbone backbone;
    private readonly Classifier classifier;

    /// <param name="backbone">Becomes the network's, as does the classifier.</param>
    /// <param name="classifier">Made for the channels of the backbone's last map.</param>
    public ClassificationNetwork(Backbone backbone, Classifier classifier) : base(nameof(ClassificationNetwork))
    {
        this.backbone = backbone;
        this.classifier = classifier;
        this.RegisterPart(backbone.Key, backbone);
        this.RegisterPart(key: null, classifier);
    }

    public override Tensor[] forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var input = images.to_type(parameters().First().dtype);
        var maps = backbone.call(input);
        return [classifier.call(maps[^1]).MoveToOuterDisposeScope()];
    }

    public void Fold()
    {
        // With a key of its own the backbone is a module of the network, and gets its own call.
        if (backbone.Key is null)
            (backbone as IFoldable)?.Fold();
    }

    /// <summary>Fields are no components here: what has no key of its own is registered part by part.</summary>
    protected override void RegisterComponents() { }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        backbone.Dispose();
        classifier.Dispose();
    }
}
