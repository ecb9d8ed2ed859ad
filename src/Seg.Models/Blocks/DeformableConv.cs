using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>A 3x3 convolution whose nine taps each lie where a map of offsets moves them, at every position elsewhere.</summary>
/// <remarks>
/// Dai et al., "Deformable Convolutional Networks", ICCV 2017, arXiv:1703.06211; key and numbers of torchvision's <c>DeformConv2d</c> with stride 1, one
/// group and no bias. Between pixels values are interpolated bilinearly, beyond the map they are 0.
/// Shapes: [x (N, inChannels, H, W), offsets (N, 18, H, W)] → (N, outChannels, H, W). Offset 2k is that of tap k downwards, 2k + 1 to the right, in
/// positions of the map; taps row by row. Places are computed in float32 whatever the type of the map, as bfloat16 has no fractions of large numbers.
/// </remarks>
public sealed class DeformableConv : KeyedModule<Tensor[], Tensor>, ICountedConvolution
{
    private const int Extent = 3, Taps = Extent * Extent;

    private readonly int dilation;
    private Parameter weight;   // (outChannels, inChannels, 3, 3)
    private Parameter? bias;    // of a folded norm

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="outChannels">Channels of the output; at least 1.</param>
    /// <param name="dilation">Positions between two taps that are not moved; at least 1.</param>
    public DeformableConv(int inChannels, int outChannels, int dilation = 1) : base(nameof(DeformableConv))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        this.dilation = dilation;
        // torchvision starts it as PyTorch starts an ordinary convolution.
        using var start = Conv2d(inChannels, outChannels, (long)Extent, bias: false);
        weight = new Parameter(start.weight.detach().clone().DetachFromDisposeScope());
        register_parameter(nameof(weight), weight);
    }

    public Parameter Weight => weight;

    public long CountMultiplyAdds(Tensor[] parts, Tensor output) => output.numel() * weight.shape[1] * Taps;

    public override Tensor forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var taps = TorchRuntime.Current.DeformTaps(inputs[0], inputs[1], dilation);                     // (N, 9 · inChannels, H, W)
        var byTap = weight.permute(0, 2, 3, 1).reshape(weight.shape[0], -1, 1, 1);                      // (outChannels, 9 · inChannels, 1, 1)
        return functional.conv2d(taps, byTap, bias).MoveToOuterDisposeScope();
    }

    /// <summary>Puts a following norm's running statistics into the weight and a bias. For prediction only; it cannot be undone.</summary>
    public void Fold(BatchNorm2d norm)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (scaled, shift) = NormFolding.Of(weight, bias: null, norm);
        weight.copy_(scaled);
        bias = new Parameter(shift.DetachFromDisposeScope(), requires_grad: false);
        register_parameter(nameof(bias), bias);
    }
}
