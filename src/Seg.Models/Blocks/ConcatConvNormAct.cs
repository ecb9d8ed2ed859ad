using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// What <see cref="ConvNormAct"/> is to a convolution, for a 1x1 convolution of concatenated maps: convolution, batch norm and ReLU as one
/// unit.
/// It is no module: the owner registers the parts.
/// </summary>
/// <remarks>Shapes: maps (N, C_i, h_i, w_i) → (N, outChannels, h_0, w_0).</remarks>
public sealed class ConcatConvNormAct(IReadOnlyList<int> inChannels, int outChannels, bool bias, bool alignCorners)
{
    private bool folded;

    public ConcatConv Conv { get; } = new(inChannels, outChannels, bias, alignCorners);

    public BatchNorm2d Norm { get; } = BatchNorm2d(outChannels);

    /// <summary>Registers both parts in their owner, under the names that are their keys in the state dict.</summary>
    public ConcatConvNormAct RegisterIn(Module owner, string convName, string normName)
    {
        owner.register_module(convName, Conv);
        owner.register_module(normName, Norm);
        return this;
    }

    public Tensor Forward(Tensor[] maps)
    {
        if (folded)
            return Conv.Forward(maps, relu: true);
        using var mapped = Conv.call(maps);
        return TorchRuntime.Current.BatchNormAct(mapped, Norm, residual: null, relu: true);
    }

    /// <summary>Puts the norm's running statistics into the convolution. For prediction only; it cannot be undone.</summary>
    public void Fold()
    {
        Conv.Fold(Norm);
        folded = true;
    }
}
