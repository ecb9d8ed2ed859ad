using TorchSharp;
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
        var (x, offsets) = (inputs[0], inputs[1]);
        var (samples, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var sampled = functional.grid_sample(
            x.to_type(ScalarType.Float32), Places(offsets.to_type(ScalarType.Float32)), GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros,
            align_corners: false);                                              // (N, inChannels, 9 · H, W)
        var taps = sampled.to_type(x.dtype).reshape(samples, channels * Taps, height, width);
        return functional.conv2d(taps, weight.reshape(-1, channels * Taps, 1, 1), bias).MoveToOuterDisposeScope();
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

    /// <summary>Where each tap looks, as grid_sample wants it: (N, 9 · H, W, 2), x and y from -1, the map's left or upper edge, to 1.</summary>
    private Tensor Places(Tensor offsets)
    {
        var (samples, height, width) = (offsets.shape[0], offsets.shape[2], offsets.shape[3]);
        var device = offsets.device;
        var steps = (arange(Extent, ScalarType.Float32, device) - 1) * dilation;                                  // -d, 0, d
        var rows = arange(height, ScalarType.Float32, device).view(1, height, 1) + steps.repeat_interleave(Extent).view(Taps, 1, 1);
        var columns = arange(width, ScalarType.Float32, device).view(1, 1, width) + steps.repeat(Extent).view(Taps, 1, 1);
        var moves = offsets.reshape(samples, Taps, 2, height, width);
        var y = (moves.select(2, 0) + rows) * (2.0 / height) + (1.0 / height - 1);                                // (N, 9, H, W)
        var x = (moves.select(2, 1) + columns) * (2.0 / width) + (1.0 / width - 1);
        return stack([x, y], -1).reshape(samples, Taps * height, width, 2);
    }
}
