using Seg.Models.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>The end of SPNet's heads: a 3x3 convolution to fewer channels, dropout, and the classifier.</summary>
/// <remarks>
/// The layers that the classes SPHead and FCNHead of SPNet's authors end with (score_layer, conv5), with their keys.
/// Shapes: (N, C, h, w) → (N, classes, h, w).
/// </remarks>
internal sealed class ScoreLayer : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct reduce;
    private readonly Dropout2d dropout;
    private readonly Conv2d classifier;

    /// <param name="channels">C.</param>
    /// <param name="inner">Channels between the convolution and the classifier.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    /// <param name="dropout">Share of channels that are dropped before the classifier while training.</param>
    public ScoreLayer(int channels, int inner, int classes, double dropout) : base(nameof(ScoreLayer))
    {
        // The names are the checkpoints' keys; 2 is ReLU and 3 is dropout, which hold nothing.
        reduce = ConvNormAct.Create(channels, inner, kernel: 3).RegisterIn(this, "0", "1");
        register_module("3", this.dropout = Dropout2d(dropout));
        register_module("4", classifier = Conv2d(inner, classes, 1L));
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var reduced = dropout.call(reduce.Forward(x));                         // (N, inner, h, w)
        return classifier.call(reduced).MoveToOuterDisposeScope();
    }

    public void Fold() => reduce.Fold();
}
