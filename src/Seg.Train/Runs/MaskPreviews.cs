using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Train.Datasets;

namespace Seg.Train.Runs;

/// <summary>Overlays of what a network predicts, on the left, and of the true masks, on the right.</summary>
internal static class MaskPreviews
{
    private const int Gap = 4;

    /// <inheritdoc cref="Previews.Write"/>
    public static void Write(
        string folder, SegmentationPredictor predictor, ISegmentationDataset images, int count, Action<string, (int Width, int Height)> written)
    {
        var overlay = new Overlay(images.Labels);
        Previews.Write(folder, images.Count, count, Draw, written);

        (string, Mat) Draw(int index)
        {
            var (image, labels) = images.Read(index);
            using (image)
            using (labels)
            using (var predicted = overlay.Draw(image, predictor.Predict(image)))
            using (var truth = overlay.Draw(image, ToMap(labels)))
                return (Path.GetFileNameWithoutExtension(images.Name(index)), SideBySide(predicted, truth));
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

    private static unsafe LabelMap ToMap(Mat labels)
    {
        var values = new byte[labels.Rows * labels.Cols];
        for (var row = 0; row < labels.Rows; row++)
            new ReadOnlySpan<byte>((void*)labels.Ptr(row), labels.Cols).CopyTo(values.AsSpan(row * labels.Cols));
        return new LabelMap(labels.Cols, labels.Rows, values);
    }
}
