using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Which class each value of a mask file stands for.</summary>
public sealed class MaskEncoding
{
    private readonly byte[] labels = new byte[256];
    private readonly bool[] known = new bool[256];
    private readonly string allowed;

    /// <param name="classIds">The value of each class, in the order of the classes; 0–255, each once.</param>
    /// <param name="ignoreValues">Values of pixels that count nowhere; 0–255.</param>
    /// <param name="ignoreIndex">What those become.</param>
    public MaskEncoding(IReadOnlyList<int> classIds, IReadOnlyList<int> ignoreValues, byte ignoreIndex)
    {
        foreach (var value in ignoreValues)
            (labels[value], known[value]) = (ignoreIndex, true);
        for (var id = 0; id < classIds.Count; id++)
            (labels[classIds[id]], known[classIds[id]]) = ((byte)id, true);
        allowed = $"{Ranges(classIds)} for the classes";
        if (ignoreValues.Count > 0)
            allowed += $", {Ranges(ignoreValues)} for pixels without one";
    }

    /// <summary>Replaces a mask's values by classes.</summary>
    /// <param name="mask">CV_8UC1.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="InputException">A value stands for nothing.</exception>
    public void Decode(Mat mask, string path)
    {
        for (var y = 0; y < mask.Rows; y++)
        {
            var row = mask.RowBytes(y);
            for (var x = 0; x < row.Length; x++)
            {
                var value = row[x];
                if (!known[value])
                {
                    throw new InputException(
                        $"'{path}' holds the value {value} at column {x}, row {y}, which is no class; allowed are {allowed}.");
                }
                row[x] = labels[value];
            }
        }
        GC.KeepAlive(mask);
    }

    /// <summary>"0 to 10", "7, 8, 11 to 13".</summary>
    private static string Ranges(IReadOnlyList<int> values)
    {
        var sorted = values.Order().ToArray();
        List<string> parts = [];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1)
                last++;
            parts.Add((last - first) switch
            {
                0 => $"{sorted[first]}",
                1 => $"{sorted[first]}, {sorted[last]}",
                _ => $"{sorted[first]} to {sorted[last]}",
            });
            first = last + 1;
        }
        return string.Join(", ", parts);
    }
}
