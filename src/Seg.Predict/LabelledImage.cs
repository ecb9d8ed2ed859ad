using OpenCvSharp;

namespace Seg.Predict;

/// <summary>An image on its way through a <see cref="Pipeline"/>, with its label map.</summary>
internal sealed class LabelledImage : IDisposable
{
    /// <summary>Takes the image over and predicts its label map.</summary>
    public LabelledImage(Mat image, SegmentationPredictor predictor)
    {
        Image = image;
        try
        {
            Map = predictor.Predict(image);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public Mat Image { get; }

    public LabelMap Map { get; }

    public void Dispose() => Image.Dispose();
}
