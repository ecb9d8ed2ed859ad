using OpenCvSharp;

namespace Seg.Train.Jobs;

/// <summary>Where pictures of one size stand beside and below each other, shrunk to a common picture.</summary>
internal sealed class PreviewGrid
{
    private const int Gap = 4;

    private readonly int columns;

    /// <param name="count">Pictures, at least 1.</param>
    /// <param name="width">Of one, in pixels.</param>
    /// <param name="height">Of one, in pixels.</param>
    /// <param name="greatestWidth">Of all together, about.</param>
    public PreviewGrid(int count, int width, int height, int greatestWidth)
    {
        columns = Math.Clamp((int)Math.Round(Math.Sqrt((double)count * height / width)), 1, count);
        var scale = Math.Min(1, (double)greatestWidth / (columns * width));
        Cell = new Size(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
        var rows = (count + columns - 1) / columns;
        Whole = new Size(columns * (Cell.Width + Gap) - Gap, rows * (Cell.Height + Gap) - Gap);
    }

    /// <summary>Size of one picture.</summary>
    public Size Cell { get; }

    /// <summary>Size of all.</summary>
    public Size Whole { get; }

    public Rect Place(int number) => new(number % columns * (Cell.Width + Gap), number / columns * (Cell.Height + Gap), Cell.Width, Cell.Height);
}
