using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Runs;

/// <summary>Overlays of what a network predicts, on the left, and of the true masks, on the right.</summary>
internal static class MaskPreviews
{
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
            using (var truth = overlay.Draw(image, labels.ToLabelMap()))
                return (Path.GetFileNameWithoutExtension(images.Name(index)), Previews.SideBySide(predicted, truth));
        }
    }
}
