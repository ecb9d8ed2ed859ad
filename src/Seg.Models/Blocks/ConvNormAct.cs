using Seg.Models.Runtime;
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
        using var mapped = Conv.call(x);
        return TorchRuntime.Current.BatchNormAct(mapped, Norm, residual, relu);
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
