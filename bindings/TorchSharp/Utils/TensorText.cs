using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Tensors as text, for people.</summary>
internal static class TensorText
{
    private const int ShownAtEachEnd = 3;

    /// <summary>Shape, type and device: "[2x3], type = Float32, device = cpu".</summary>
    internal static string Summary(Tensor tensor) =>
        tensor.IsInvalid ? "disposed tensor" : $"[{string.Join('x', tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    /// <summary>The summary, then the elements, one row a line.</summary>
    internal static string Describe(Tensor tensor, string format)
    {
        if (tensor.IsInvalid || tensor.is_meta || tensor.is_complex())
            return Summary(tensor);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = tensor.cpu().to_type(ScalarType.Float64).contiguous();
        var text = new StringBuilder(Summary(tensor)).AppendLine();
        Append(text, values.data<double>(), tensor.shape, 0, 0, is_floating_point(tensor.dtype) ? format : "0");
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, TensorAccessor<double> values, ReadOnlySpan<long> shape, long offset, int depth, string format)
    {
        if (shape.IsEmpty)
        {
            text.Append(values[offset].ToString(format, CultureInfo.InvariantCulture));
            return;
        }
        long inner = 1;
        foreach (var size in shape[1..])
            inner *= size;
        text.Append('[');
        for (long i = 0; i < shape[0]; i++)
        {
            if (i > 0)
                text.Append(shape.Length == 1 ? ", " : ",\n" + new string(' ', depth + 1));
            if (i == ShownAtEachEnd && shape[0] > 2 * ShownAtEachEnd)
            {
                text.Append("..., ");
                i = shape[0] - ShownAtEachEnd;
            }
            Append(text, values, shape[1..], offset + i * inner, depth + 1, format);
        }
        text.Append(']');
    }
}
