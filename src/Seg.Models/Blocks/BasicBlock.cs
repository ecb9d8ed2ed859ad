using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Residual block of two 3x3 convolutions.</summary>
/// <remarks>
/// He et al., "Deep residual learning", CVPR 2016, arXiv:1512.03385. The strip pooling gate (Hou et al., arXiv:2003.13328) stands at the end of
/// the block's own path, before the shortcut is added: as in SPNet's bottleneck, the shortcut is not gated.
/// Shapes: (N, inChannels, H, W) → (N, channels, ⌈H / stride⌉, ⌈W / stride⌉).
/// </remarks>
public sealed class BasicBlock : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct? first;
    private readonly ConvNormAct second;
    private readonly ConvNormAct? shortcut;
    private readonly Module<Tensor, Tensor>? convolution;
    private readonly StripPooling? gate;

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="channels">Channels of the output; at least 1.</param>
    /// <param name="stride">1, or 2 to halve the map.</param>
    /// <param name="stripPooling">Whether the second convolution's result is multiplied by its strip pooling gate.</param>
    /// <param name="convolution">
    /// What stands in place of the first 3x3 convolution with its norm and ReLU, (N, inChannels, H, W) → (N, channels, ⌈H / stride⌉,
    /// ⌈W / stride⌉); none for the 3x3 convolution. Its key is conv1.
    /// </param>
    public BasicBlock(
        int inChannels, int channels, int stride = 1, bool stripPooling = false, Module<Tensor, Tensor>? convolution = null)
        : base(nameof(BasicBlock))
    {
        this.convolution = convolution;
        // The names are the checkpoints' keys.
        if (convolution is null)
            first = ConvNormAct.Create(inChannels, channels, kernel: 3, stride).RegisterIn(this, "conv1", "bn1");
        else
            register_module("conv1", convolution);
        second = ConvNormAct.Create(channels, channels, kernel: 3, relu: !stripPooling).RegisterIn(this, "conv2", "bn2");
        if (stride != 1 || inChannels != channels)
            shortcut = ConvNormAct.Create(inChannels, channels, kernel: 1, stride, relu: false).RegisterAsSequence(this, "downsample");
        if (stripPooling)
            register_module("spm", gate = new StripPooling(channels, channels));
    }

    public override Tensor forward(Tensor x)
    {
        using var hidden = first?.Forward(x) ?? convolution!.call(x);
        using var projected = shortcut?.Forward(x);
        if (gate is null)
            return second.Forward(hidden, residual: projected ?? x);
        using var transformed = second.Forward(hidden);
        using var gated = gate.Gate(transformed);
        using var sum = gated + (projected ?? x);
        return sum.relu();
    }

    public void Fold()
    {
        first?.Fold();
        second.Fold();
        shortcut?.Fold();
    }
}
