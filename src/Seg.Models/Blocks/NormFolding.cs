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
        // In float64: the folded network differs from the plain one by the rounding of its weights alone.
        var scale = norm.weight.to_type(ScalarType.Float64) / (norm.running_var!.to_type(ScalarType.Float64) + ITorchRuntime.NormEpsilon).sqrt();
        var offset = norm.bias!.to_type(ScalarType.Float64) - norm.running_mean!.to_type(ScalarType.Float64) * scale;
        long[] alongOutputs = [-1, .. Enumerable.Repeat(1L, (int)conv.weight.dim() - 1)];
        var weight = conv.weight.to_type(ScalarType.Float64) * scale.view(alongOutputs);
        var bias = conv.bias is null ? offset : offset + conv.bias.to_type(ScalarType.Float64) * scale;
        var type = conv.weight.dtype;
        conv.weight = new Parameter(weight.to_type(type), requires_grad: false);
        conv.bias = new Parameter(bias.to_type(type), requires_grad: false);
    }
}
