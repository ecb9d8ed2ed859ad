using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Seg.Predict.Views;

/// <summary>A network's output for one window: a score of each class, at every position of a map that is mostly smaller than the window.</summary>
/// <param name="values">By row, then position, then class; each position has <paramref name="stride"/> of them, of which those beyond the last class are
/// <see cref="ScoreKernels.Never"/>.</param>
internal sealed class ScoreMap(int height, int width, int stride, float[] values)
{
    public int Height => height;

    public int Width => width;

    public float[] Values => values;

    /// <summary>All positions of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * width * stride, width * stride);

    /// <summary>Copies the outputs of several windows.</summary>
    /// <param name="scores">(N, K, h, w) of any floating type, on any device.</param>
    /// <param name="memory">Gives memory of at least so many numbers, whatever they are.</param>
    public static ScoreMap[] From(Tensor scores, Func<int, float[]> memory)
    {
        using var scope = NewDisposeScope();
        var innermost = scores.to_type(ScalarType.Float32).cpu().permute(0, 2, 3, 1).contiguous();
        var (count, height, width, classes) = ((int)innermost.shape[0], (int)innermost.shape[1], (int)innermost.shape[2], (int)innermost.shape[3]);
        var stride = ScoreKernels.Padded(classes);
        var maps = new ScoreMap[count];
        for (var index = 0; index < count; index++)
        {
            using var map = innermost.narrow(0, index, 1);
            var source = MemoryMarshal.Cast<byte, float>(map.bytes);
            var values = memory(height * width * stride);
            for (var position = 0; position < height * width; position++)
            {
                var target = values.AsSpan(position * stride, stride);
                source.Slice(position * classes, classes).CopyTo(target);
                target[classes..].Fill(ScoreKernels.Never);
            }
            maps[index] = new ScoreMap(height, width, stride, values);
        }
        return maps;
    }
}
