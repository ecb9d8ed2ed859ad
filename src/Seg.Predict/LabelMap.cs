namespace Seg.Predict;

/// <summary>One class id for each pixel of an image.</summary>
public sealed class LabelMap
{
    /// <param name="width">Width in pixels; at least 1.</param>
    /// <param name="height">Height in pixels; at least 1.</param>
    /// <param name="labels">Class ids, row by row from the top left; width · height of them. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The number of ids is not width · height.</exception>
    public LabelMap(int width, int height, byte[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (labels.Length != (long)width * height)
            throw new ArgumentException($"A {width} x {height} label map has {(long)width * height} labels, not {labels.Length}.", nameof(labels));
        (Width, Height, Labels) = (width, height, labels);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Class ids, row by row: that of column x in row y stands at y · Width + x.</summary>
    public byte[] Labels { get; }

    /// <summary>How sure the network is of each pixel; null where it was not asked for.</summary>
    public ConfidenceMap? Confidence { get; init; }

    public byte this[int x, int y] => Labels[y * Width + x];

    /// <summary>How many pixels have each id, 0 to 255.</summary>
    public int[] Count()
    {
        var counts = new int[256];
        foreach (var label in Labels)
            counts[label]++;
        return counts;
    }
}
