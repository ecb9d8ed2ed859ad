using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Transposed convolution over two dimensions. Shapes: (N, in, H, W) → (N, out, H', W'); N may be left out.</summary>
public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(
        long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] output_padding,
        long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose2d), in_channels, out_channels, kernel_size, stride, padding, null, dilation,
            true, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    public override Tensor forward(Tensor input, long[]? output_size) => functional.conv_transpose2d(
        input, weight, bias, stride, padding,
        _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 2), dilation, groups);
}
