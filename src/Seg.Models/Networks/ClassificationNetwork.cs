using Seg.Models.Backbones;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>A backbone and a classifier on its last map, with the authors' keys.</summary>
/// <remarks>Shapes: (N, 3, H, W) → one output, (N, classes): scores before any softmax.</remarks>
public sealed class ClassificationNetwork : NetworkOfParts
{
    private readonly Backbone backbone;
    private readonly Classifier classifier;

    /// <param name="backbone">Becomes the network's, as does the classifier.</param>
    /// <param name="classifier">Made for the channels of the backbone's last map.</param>
    public ClassificationNetwork(Backbone backbone, Classifier classifier) : base(nameof(ClassificationNetwork))
    {
        this.backbone = backbone;
        this.classifier = classifier;
        Add(backbone.Key, backbone);
        Add(key: null, classifier);
    }

    public override Module Backbone => backbone;

    public override Tensor[] forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var maps = backbone.call(InTypeOfWeights(images));
        return [classifier.call(maps[^1]).MoveToOuterDisposeScope()];
    }
}
