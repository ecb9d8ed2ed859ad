using Seg.Models.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Convolution, batch norm, and (where asked for) a residual and ReLU, run as one unit: few passes over memory while training, one fused
/// operator after <see cref="Fold"/>. It is no module: the owner registers <see cref="Conv"/> and <see cref="Norm"/> under the
/// names that the authors' checkpoints use.
/// </summary>
public sealed class ConvNormAct(Conv2d conv, BatchNorm2d norm, bool relu)
{
    // oneDNN 2.6's bfloat16 gradient of such a weight (dilated, channels a group no multiple of 16) reads memory that nobody wrote: NaN, or worse, a number.
    private readonly bool needsFloat32 = conv.dilation.Any(distance => distance > 1) &&
        (conv.in_channels / conv.groups % 16 != 0 || conv.out_channels / conv.groups % 16 != 0);

    private bool folded;

    public Conv2d Conv { get; } = conv;

    public BatchNorm2d Norm { get; } = norm;

    /// <summary>Builds the pair as HRNet, SPNet and ResNet use it: no bias, padding that keeps the extent at stride 1.</summary>
    public static ConvNormAct Create(
        int inChannels, int outChannels, int kernel, int stride = 1, int dilation = 1, bool bias = false, bool relu = true) => new(
            Conv2d(inChannels, outChannels, kernel, stride: stride, padding: dilation * (kernel / 2), dilation: dilation, bias: bias),
            BatchNorm2d(outChannels), relu);

    /// <summary>Registers both parts in their owner, under the names that are their keys in the state dict.</summary>
    public ConvNormAct RegisterIn(Module owner, string convName, string normName)
    {
        owner.register_module(convName, Conv);
        owner.register_module(normName, Norm);
        return this;
    }

    /// <summary>relu(norm(conv(x)) + residual), without the parts that this unit was not asked for.</summary>
    public Tensor Forward(Tensor x, Tensor? residual = null)
    {
        if (folded)
            return TorchRuntime.Current.ConvAct(x, Conv, residual, relu);
        using var mapped = Map(x);
        return TorchRuntime.Current.BatchNormAct(mapped, Norm, residual, relu);
    }

    private Tensor Map(Tensor x)
    {
        if (!needsFloat32 || x.device_type != DeviceType.CPU)
            return Conv.call(x);
        using var full = TorchRuntime.Current.NoAutocast(x.device);
        if (full is null)
            return Conv.call(x);
        using var wide = x.to_type(ScalarType.Float32);
        using var mapped = Conv.call(wide);
        return mapped.to_type(ScalarType.BFloat16);
    }

    /// <summary>Puts the norm's running statistics into the convolution's weight and bias. For prediction only; it cannot be undone.</summary>
    public void Fold()
    {
        if (folded)
            return;
        NormFolding.Into(Conv, Norm);
        folded = true;
    }
}
