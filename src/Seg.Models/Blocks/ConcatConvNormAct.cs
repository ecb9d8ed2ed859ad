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
    private readonly ConcatConv conv = new(inChannels, outChannels, bias, alignCorners);
    private readonly BatchNorm2d norm = BatchNorm2d(outChannels);
    private bool folded;

    /// <summary>Registers both parts in their owner, under the names that are their keys in the state dict.</summary>
    public ConcatConvNormAct RegisterIn(Module owner, string convName, string normName)
    {
        owner.register_module(convName, conv);
        owner.register_module(normName, norm);
        return this;
    }

    public Tensor Forward(Tensor[] maps)
    {
        if (folded)
            return conv.Forward(maps, relu: true);
        using var mapped = conv.call(maps);
        return TorchRuntime.Current.BatchNormAct(mapped, norm, residual: null, relu: true);
    }

    /// <summary>Puts the norm's running statistics into the convolution. For prediction only; it cannot be undone.</summary>
    public void Fold()
    {
        conv.Fold(norm);
        folded = true;
    }
}
