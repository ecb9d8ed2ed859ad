using Seg.Models.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// What <see cref="ConvNormAct"/> is to a convolution, for a transposed one that doubles the map: convolution, batch norm and ReLU as one
/// unit. It is no module: the owner registers the parts.
/// </summary>
/// <remarks>Shapes: (N, inChannels, H, W) → (N, outChannels, 2 · H, 2 · W).</remarks>
public sealed class TransposedConvNormAct
{
    private readonly ConvTranspose2d conv;
    private readonly BatchNorm2d norm;
    private bool folded;

    /// <param name="inChannels">Channels of the input; at least 1.</param>
    /// <param name="outChannels">Channels of the output; at least 1.</param>
    /// <param name="kernel">Extent of the kernel: 2, 3 or 4.</param>
    public TransposedConvNormAct(int inChannels, int outChannels, int kernel)
    {
        // The output is (n - 1) · 2 - 2 · padding + kernel + output padding positions long: 2n for each of the three kernels.
        var (padding, outputPadding) = kernel switch
        {
            4 => (1L, 0L),
            3 => (1L, 1L),
            2 => (0L, 0L),
            _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "The kernel must be 2, 3 or 4."),
        };
        conv = ConvTranspose2d(
            inChannels, outChannels, (long)kernel, stride: 2, padding: padding, output_padding: outputPadding, bias: false);
        norm = BatchNorm2d(outChannels);
    }

    /// <summary>Registers both parts in their owner, under the names that are their keys in the state dict.</summary>
    public TransposedConvNormAct RegisterIn(Module owner, string convName, string normName)
    {
        owner.register_module(convName, conv);
        owner.register_module(normName, norm);
        return this;
    }

    public Tensor Forward(Tensor x)
    {
        var mapped = Map(x);
        if (folded)
            return mapped.relu_();
        using (mapped)
            return TorchRuntime.Current.BatchNormAct(mapped, norm, residual: null, relu: true);
    }

    /// <summary>libtorch 1.13 takes a transposed convolution in bfloat16 on the CPU for a plain one; autocast leaves it in float32, as is done here.</summary>
    private Tensor Map(Tensor x)
    {
        if (conv.weight.dtype != ScalarType.BFloat16 || x.device_type != DeviceType.CPU)
            return conv.call(x);
        using var scope = NewDisposeScope();
        return functional.conv_transpose2d(
            x.to_type(ScalarType.Float32), conv.weight.to_type(ScalarType.Float32), conv.bias?.to_type(ScalarType.Float32), conv.stride, conv.padding,
            conv.output_padding).to_type(ScalarType.BFloat16).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Puts the norm's running statistics into the convolution's weight and bias. For prediction only; it cannot be undone.
    /// </summary>
    public void Fold()
    {
        if (folded)
            return;
        using (no_grad())
        using (NewDisposeScope())
        {
            // The output's channels are the second dimension of a transposed convolution's weight.
            var (weight, bias) = NormFolding.Of(conv.weight.transpose(0, 1), conv.bias, norm);
            conv.weight = new Parameter(weight.transpose(0, 1).contiguous(), requires_grad: false);
            conv.bias = new Parameter(bias, requires_grad: false);
        }
        folded = true;
    }
}
