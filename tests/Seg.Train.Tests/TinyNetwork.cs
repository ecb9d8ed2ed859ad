using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Train.Tests;

/// <summary>
/// A convolution, batch norm, dropout and a classifier at a quarter of the image's size: all that training meets, in a few thousand
/// numbers.
/// </summary>
internal sealed class TinyNetwork : Network
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly Dropout dropout;
    private readonly Conv2d classifier;

    public TinyNetwork(int classes = 3, double dropped = 0) : base(nameof(TinyNetwork))
    {
        conv = Conv2d(3, 8, 3, stride: 4, padding: 1, bias: false);
        norm = BatchNorm2d(8);
        dropout = Dropout(dropped);
        classifier = Conv2d(8, classes, 1);
        RegisterComponents();
    }

    /// <summary>conv.weight.</summary>
    public Tensor Weight => conv.weight!;

    public override Tensor[] forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var features = norm.call(conv.call(images)).relu();
        return [classifier.call(dropout.call(features)).MoveToOuterDisposeScope()];
    }
}
