using Seg.Models.Backbones;
using Seg.Models.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>
/// The head of fully convolutional networks on dilated ResNets, and SPNet's auxiliary one: a 3x3 convolution to a quarter of the channels,
/// and the classifier.
/// </summary>
/// <remarks>
/// Long et al., "Fully Convolutional Networks", CVPR 2015, arXiv:1411.4038, as the class FCNHead of SPNet's authors has it; their keys.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, classes, h, w), of the last map's extents.
/// </remarks>
public sealed class FcnHead : Head, IFoldable
{
    private readonly ConvNormAct reduce;
    private readonly Dropout2d dropout;
    private readonly Conv2d classifier;

    /// <param name="maps">The backbone's maps, of which the last one is taken; it has at least 4 channels.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    /// <param name="dropout">Share of channels that are dropped before the classifier while training.</param>
    public FcnHead(IReadOnlyList<FeatureMap> maps, int classes, double dropout) : base(nameof(FcnHead))
    {
        var inner = maps[^1].Channels / 4;
        ArgumentOutOfRangeException.ThrowIfZero(inner, nameof(maps));
        // The names are the checkpoints' keys; 2 is ReLU and 3 is dropout, which hold nothing.
        var sequence = ModuleGroup.In(this, "conv5");
        reduce = ConvNormAct.Create(maps[^1].Channels, inner, kernel: 3).RegisterIn(sequence, "0", "1");
        sequence.register_module("3", this.dropout = Dropout2d(dropout));
        sequence.register_module("4", classifier = Conv2d(inner, classes, 1L));
    }

    public override Tensor[] forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var reduced = dropout.call(reduce.Forward(maps[^1]));                  // (N, C/4, h, w)
        return [classifier.call(reduced).MoveToOuterDisposeScope()];
    }

    /// <summary>The authors leave this head as PyTorch makes it.</summary>
    public override void InitializeAsAuthors() { }

    public void Fold() => reduce.Fold();
}
