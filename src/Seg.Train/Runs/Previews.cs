using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Runs;

/// <summary>Pictures of what the network makes of some validation images: the prediction on the left, the truth on the right.</summary>
internal static class Previews
{
    private const int Gap = 4;

    /// <summary>Draws some items, spread evenly over all and the same each time.</summary>
    /// <param name="folder">Where; made if need be.</param>
    /// <param name="items">How many there are.</param>
    /// <param name="count">Pictures; fewer where there are fewer items.</param>
    /// <param name="draw">Gives the picture's name and its two halves, which are disposed here; null leaves the item out.</param>
    /// <param name="written">Told of each file and its size in pixels.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public static void Write(
        string folder, int items, int count, Func<int, (string Name, Mat Prediction, Mat Truth)?> draw, Action<string, (int Width, int Height)> written)
    {
        count = Math.Min(count, items);
        if (count == 0)
            return;
        Directory.CreateDirectory(folder);
        for (var number = 0; number < count; number++)
        {
            if (draw((int)((long)number * items / count)) is not var (name, prediction, truth))
                continue;
            using (prediction)
            using (truth)
            using (var both = SideBySide(prediction, truth))
            {
                var path = Path.Combine(folder, $"{name}.png");
                ImageFile.Write(path, both);
                written(path, (both.Cols, both.Rows));
            }
        }
    }

    /// <summary>Two pictures with a gap between them; they may have different heights, as legends below them do.</summary>
    private static Mat SideBySide(Mat left, Mat right)
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
