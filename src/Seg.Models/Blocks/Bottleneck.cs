using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Residual block that reduces by a 1x1 convolution, works by a 3x3, and increases by a 1x1.</summary>
/// <remarks>
/// He et al., "Deep residual learning", CVPR 2016, arXiv:1512.03385; the stride is in the 3x3, as torchvision and HRNet have it. The strip
/// pooling gate after the 3x3 is SPNet's (Hou et al., "Strip Pooling", CVPR 2020, arXiv:2003.13328).
/// Shapes: (N, inChannels, H, W) → (N, outChannels, ⌈H / stride⌉, ⌈W / stride⌉).
/// </remarks>
public sealed class Bottleneck : KeyedModule<Tensor, Tensor>, IFoldable
{
    /// <summary>Channels of the output over those inside, where nothing else is asked for.</summary>
    public const int Expansion = 4;

    private readonly ConvNormAct reduce, increase;
    private readonly ConvNormAct? transform, shortcut;
    private readonly Module<Tensor, Tensor>? convolution;
    private readonly StripPooling? gate;

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="channels">Channels inside; at least 1.</param>
    /// <param name="stride">1, or 2 to halve the map.</param>
    /// <param name="dilation">Distance of the positions that the 3x3 convolution reads; at least 1.</param>
    /// <param name="stripPooling">Whether the 3x3 convolution's result is multiplied by its strip pooling gate.</param>
    /// <param name="outChannels">Channels of the output, at least 1; 4 · channels where it is not given.</param>
    /// <param name="convolution">
    /// What stands in place of the 3x3 convolution with its norm and ReLU, (N, channels, H, W) → (N, channels, ⌈H / stride⌉, ⌈W / stride⌉),
    /// so that stride and dilation are its own matter; none for the 3x3 convolution. Its key is conv2.
    /// </param>
    public Bottleneck(
        int inChannels, int channels, int stride = 1, int dilation = 1, bool stripPooling = false, int? outChannels = null,
        Module<Tensor, Tensor>? convolution = null) : base(nameof(Bottleneck))
    {
        var leaving = outChannels ?? channels * Expansion;
        this.convolution = convolution;
        // The names are the checkpoints' keys.
        reduce = ConvNormAct.Create(inChannels, channels, kernel: 1).RegisterIn(this, "conv1", "bn1");
        if (convolution is null)
            transform = ConvNormAct.Create(channels, channels, kernel: 3, stride, dilation).RegisterIn(this, "conv2", "bn2");
        else
            register_module("conv2", convolution);
        increase = ConvNormAct.Create(channels, leaving, kernel: 1).RegisterIn(this, "conv3", "bn3");
        if (stride != 1 || inChannels != leaving)
            shortcut = ConvNormAct.Create(inChannels, leaving, kernel: 1, stride, relu: false).RegisterAsSequence(this, "downsample");
        if (stripPooling)
            register_module("spm", gate = new StripPooling(channels, channels));
    }

    public override Tensor forward(Tensor x)
    {
        using var reduced = reduce.Forward(x);
        using var transformed = transform?.Forward(reduced) ?? convolution!.call(reduced);
        using var gated = gate?.Gate(transformed);
        using var projected = shortcut?.Forward(x);
        return increase.Forward(gated ?? transformed, residual: projected ?? x);
    }

    public void Fold()
    {
        reduce.Fold();
        transform?.Fold();
        increase.Fold();
        shortcut?.Fold();
    }
}
