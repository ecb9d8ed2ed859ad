using Seg.Models.Backbones;
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
public sealed class FcnHead : Head
{
    private readonly ScoreLayer score;

    /// <param name="maps">The backbone's maps, of which the last one is taken; it has at least 4 channels.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    /// <param name="dropout">Share of channels that are dropped before the classifier while training.</param>
    public FcnHead(IReadOnlyList<FeatureMap> maps, int classes, double dropout) : base(nameof(FcnHead))
    {
        var channels = maps[^1].Channels;
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 4, nameof(maps));
        register_module("conv5", score = new ScoreLayer(channels, channels / 4, classes, dropout));
    }

    public override Tensor[] forward(Tensor[] maps) => [score.call(maps[^1])];

    /// <summary>The authors leave this head as PyTorch makes it.</summary>
    public override void InitializeAsAuthors() { }
}
