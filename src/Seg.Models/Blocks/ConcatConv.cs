using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// A 1x1 convolution of maps of several sizes, as if all had been brought to the size of the first by bilinear interpolation and
/// concatenated.
/// </summary>
/// <remarks>
/// The two steps commute: interpolation mixes positions, a 1x1 convolution mixes channels, and the interpolation's weights add up to one.
/// So each map is convolved at its own size, by its slice of the weight, and only the results are interpolated and added: the same numbers
/// to rounding, for three of HRNet's four maps at a fraction of the multiply-adds, and the concatenation is never stored.
/// Its keys are those of a Conv2d: weight, bias.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, outChannels, h_0, w_0).
/// </remarks>
public sealed class ConcatConv : KeyedModule<Tensor[], Tensor>, ICountedConvolution
{
    private readonly bool alignCorners;
    private Parameter weight;   // (outChannels, sum of C_i, 1, 1)
    private Parameter? bias;    // (outChannels)

    /// <param name="inChannels">C_i, the channels of each map.</param>
    /// <param name="outChannels">Channels of the result; at least 1.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="alignCorners">How maps are interpolated.</param>
    public ConcatConv(IReadOnlyList<int> inChannels, int outChannels, bool bias, bool alignCorners) : base(nameof(ConcatConv))
    {
        this.alignCorners = alignCorners;
        // An ordinary convolution draws the values to start from; this module takes them over.
        using var start = Conv2d(inChannels.Sum(), outChannels, 1L, bias: bias);
        weight = Own(nameof(weight), start.weight.detach().clone());
        this.bias = start.bias is { } values ? Own(nameof(bias), values.detach().clone()) : null;
    }

    /// <summary>The weight, whose deviation at the start is the network's to choose.</summary>
    public Parameter Weight => weight;

    public long CountMultiplyAdds(Tensor[] parts, Tensor output) => output.numel() * weight.shape[1];

    public override Tensor forward(Tensor[] maps) => Forward(maps, relu: false);

    /// <summary>The same, followed by ReLU where asked for.</summary>
    public Tensor Forward(Tensor[] maps, bool relu)
    {
        using var scope = NewDisposeScope();
        var parts = new Tensor[maps.Length];
        var start = 0L;
        for (var i = 0; i < maps.Length; i++)
        {
            var channels = maps[i].shape[1];
            parts[i] = functional.conv2d(maps[i], weight.narrow(1, start, channels));   // (N, outChannels, h_i, w_i)
            start += channels;
        }
        return TorchRuntime.Current.SumUpsampled(parts, bias, alignCorners, relu).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Puts a following norm's running statistics into the weight and the bias. For prediction only; it cannot be undone.
    /// </summary>
    public void Fold(BatchNorm2d norm)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (scaled, shift) = NormFolding.Of(weight, bias, norm);
        weight.copy_(scaled);
        if (bias is null)
            bias = Own(nameof(bias), shift);
        else
            bias.copy_(shift);
    }

    private Parameter Own(string name, Tensor values)
    {
        var parameter = new Parameter(values.DetachFromDisposeScope());
        register_parameter(name, parameter);
        return parameter;
    }
}
