using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Runs;

/// <summary>Pictures of what the network makes of some validation images: the prediction on the left, the truth on the right.</summary>
public static class Previews
{
    private const int Gap = 4;

    /// <summary>
    /// Writes <paramref name="count"/> pictures, of images spread evenly over the set and the same each time.
    /// </summary>
    /// <param name="written">Told of each file and its size in pixels.</param>
    /// <exception cref="IOException">The folder or a file cannot be written.</exception>
    public static void Write(string folder, SegmentationPredictor predictor, ISegmentationDataset images, int count, Action<string, (int Width, int Height)> written)
    {
        count = Math.Min(count, images.Count);
        if (count == 0)
            return;
        Directory.CreateDirectory(folder);
        var overlay = new Overlay(images.Labels);
        for (var number = 0; number < count; number++)
        {
            var index = (int)((long)number * images.Count / count);
            var (image, labels) = images.Read(index);
            using (image)
            using (labels)
            using (var predicted = overlay.Draw(image, predictor.Predict(image)))
            using (var truth = overlay.Draw(image, ToMap(labels)))
            using (var both = SideBySide(predicted, truth))
            {
                var path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(images.Name(index))}.png");
                ImageFile.Write(path, both);
                written(path, (both.Cols, both.Rows));
            }
        }
    }

    /// <summary>Two pictures with a gap between them; the legends below may have different heights.</summary>
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

    private static LabelMap ToMap(Mat labels)
    {
        var values = new byte[labels.Rows * labels.Cols];
        for (var row = 0; row < labels.Rows; row++)
            labels.RowBytes(row).CopyTo(values.AsSpan(row * labels.Cols));
        return new LabelMap(labels.Cols, labels.Rows, values);
    }
}
