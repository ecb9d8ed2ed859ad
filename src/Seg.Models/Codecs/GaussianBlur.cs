using System.Numerics;
using System.Runtime.InteropServices;

namespace Seg.Models.Codecs;

/// <summary>
/// A Gaussian blur with zeros beyond the border, whose weights are those of OpenCV's <c>GaussianBlur</c> for a kernel of this extent and no
/// σ.
/// </summary>
/// <param name="kernel">Extent; odd.</param>
internal sealed class GaussianBlur(int kernel)
{
    private readonly float[] weights = Weights(kernel);

    /// <summary>Pixels to either side that count.</summary>
    public int Radius => weights.Length / 2;

    /// <summary>Blurs a map.</summary>
    /// <param name="map">Row by row.</param>
    /// <param name="blurred">Of the same length; overwritten.</param>
    /// <param name="width">Of a row.</param>
    /// <param name="scratch">At least as long as the map.</param>
    public void Apply(ReadOnlySpan<float> map, Span<float> blurred, int width, Span<float> scratch)
    {
        var height = map.Length / width;
        scratch[..map.Length].Clear();
        blurred.Clear();
        for (var row = 0; row < height; row++)
        {
            for (var offset = -Math.Min(Radius, row); offset <= Math.Min(Radius, height - 1 - row); offset++)
                Add(map.Slice((row + offset) * width, width), weights[offset + Radius], scratch.Slice(row * width, width));
            for (var offset = -Math.Min(Radius, width - 1); offset <= Math.Min(Radius, width - 1); offset++)
            {
                // blurred[x] gains the value at x + offset, where there is one.
                var from = scratch.Slice(row * width + Math.Max(0, offset), width - Math.Abs(offset));
                Add(from, weights[offset + Radius], blurred.Slice(row * width + Math.Max(0, -offset), width - Math.Abs(offset)));
            }
        }
    }

    private static void Add(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(values);
        var to = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < from.Length; i++)
            to[i] += from[i] * weight;
        for (var i = from.Length * Vector<float>.Count; i < values.Length; i++)
            sum[i] += values[i] * weight;
    }

    /// <summary>OpenCV has tables for the smallest kernels.</summary>
    private static float[] Weights(int kernel) => kernel switch
    {
        1 => [1],
        3 => [0.25f, 0.5f, 0.25f],
        5 => [0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f],
        7 => [0.03125f, 0.109375f, 0.21875f, 0.28125f, 0.21875f, 0.109375f, 0.03125f],
        _ => FromFormula(kernel),
    };

    private static float[] FromFormula(int kernel)
    {
        var sigma = 0.3 * ((kernel - 1) * 0.5 - 1) + 0.8;
        double[] values = [.. Enumerable.Range(0, kernel).Select(i => Math.Exp(-Math.Pow(i - kernel / 2, 2) / (2 * sigma * sigma)))];
        var sum = values.Sum();
        return [.. values.Select(value => (float)(value / sum))];
    }
}
