using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Runs;

/// <summary>Pictures of what the network makes of some validation data beside the truth.</summary>
internal static class Previews
{
    private const int Gap = 4;

    /// <summary>Writes pictures of some items, spread evenly over all and the same each time.</summary>
    /// <param name="folder">Where; made if need be.</param>
    /// <param name="items">How many there are.</param>
    /// <param name="count">Pictures; fewer where there are fewer items.</param>
    /// <param name="draw">Gives an item's name and its picture, which is disposed here.</param>
    /// <param name="written">Told of each file and its size in pixels.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise, for want of permission.</exception>
    public static void Write(
        string folder, int items, int count, Func<int, (string Name, Mat Picture)> draw, Action<string, (int Width, int Height)> written)
    {
        if (Math.Min(count, items) == 0)
            return;
        Directory.CreateDirectory(folder);
        foreach (var index in Spread(items, count))
        {
            var (name, picture) = draw(index);
            using (picture)
            {
                var path = Path.Combine(folder, $"{name}.png");
                ImageFile.Write(path, picture);
                written(path, (picture.Cols, picture.Rows));
            }
        }
    }

    /// <summary>So many items, spread evenly over all; all where there are fewer.</summary>
    public static IEnumerable<int> Spread(int items, int count)
    {
        count = Math.Min(count, items);
        return Enumerable.Range(0, count).Select(number => (int)((long)number * items / count));
    }

    /// <summary>Two pictures with a gap between them; they may have different heights, as legends below them do.</summary>
    public static Mat SideBySide(Mat left, Mat right)
    {
        var canvas = new Mat(Math.Max(left.Rows, right.Rows), left.Cols + Gap + right.Cols, MatType.CV_8UC3);
        canvas.SetTo(Scalar.All(255));
        using (var part = canvas[new Rect(0, 0, left.Cols, left.Rows)])
            left.CopyTo(part);
        using (var part = canvas[new Rect(left.Cols + Gap, 0, right.Cols, right.Rows)])
            right.CopyTo(part);
        return canvas;
    }
}
