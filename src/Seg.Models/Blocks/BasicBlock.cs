using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Residual block of two 3x3 convolutions.</summary>
/// <remarks>
/// He et al., "Deep residual learning", CVPR 2016, arXiv:1512.03385.
/// Shapes: (N, inChannels, H, W) → (N, channels, ⌈H / stride⌉, ⌈W / stride⌉).
/// </remarks>
public sealed class BasicBlock : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct first, second;
    private readonly ConvNormAct? shortcut;

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="channels">Channels of the output; at least 1.</param>
    /// <param name="stride">1, or 2 to halve the map.</param>
    public BasicBlock(int inChannels, int channels, int stride = 1) : base(nameof(BasicBlock))
    {
        // The names are the checkpoints' keys.
        first = ConvNormAct.Create(inChannels, channels, kernel: 3, stride).RegisterIn(this, "conv1", "bn1");
        second = ConvNormAct.Create(channels, channels, kernel: 3).RegisterIn(this, "conv2", "bn2");
        if (stride != 1 || inChannels != channels)
            shortcut = ConvNormAct.Create(inChannels, channels, kernel: 1, stride, relu: false).RegisterAsSequence(this, "downsample");
    }

    public override Tensor forward(Tensor x)
    {
        using var hidden = first.Forward(x);
        using var projected = shortcut?.Forward(x);
        return second.Forward(hidden, residual: projected ?? x);
    }

    public void Fold()
    {
        first.Fold();
        second.Fold();
        shortcut?.Fold();
    }
}
