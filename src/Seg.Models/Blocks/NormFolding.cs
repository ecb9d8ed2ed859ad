using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Models.Blocks;

/// <summary>Puts a batch norm's running statistics into the convolution before it. For prediction only; it cannot be undone.</summary>
internal static class NormFolding
{
    /// <summary>Afterwards the convolution (of 1, 2 or 3 dimensions, with or without bias) does what both did.</summary>
    public static void Into(Convolution conv, NormBase norm)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (weight, bias) = Of(conv.weight, conv.bias, norm);
        conv.weight = new Parameter(weight, requires_grad: false);
        conv.bias = new Parameter(bias, requires_grad: false);
    }

    /// <summary>Weight and bias of the convolution that does what both did: (outChannels, …) and (outChannels).</summary>
    public static (Tensor Weight, Tensor Bias) Of(Tensor weight, Tensor? bias, NormBase norm)
    {
        // In float64: the folded network differs from the plain one by the rounding of its weights alone.
        var scale = norm.weight.to_type(ScalarType.Float64) / (norm.running_var!.to_type(ScalarType.Float64) + ITorchRuntime.NormEpsilon).sqrt();
        var offset = norm.bias!.to_type(ScalarType.Float64) - norm.running_mean!.to_type(ScalarType.Float64) * scale;
        long[] alongOutputs = [-1, .. Enumerable.Repeat(1L, (int)weight.dim() - 1)];
        var scaled = weight.to_type(ScalarType.Float64) * scale.view(alongOutputs);
        var shifted = bias is null ? offset : offset + bias.to_type(ScalarType.Float64) * scale;
        return (scaled.to_type(weight.dtype), shifted.to_type(weight.dtype));
    }
}
