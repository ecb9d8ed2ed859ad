using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>An input image on its way through the stages of a <see cref="PredictionJob"/>, or the reason why there is none.</summary>
internal sealed class PendingImage : IDisposable
{
    public PendingImage(InputItem input, Mat image) => (Input, Image) = (input, image);

    public PendingImage(InputItem input, InputException fault) => (Input, Fault) = (input, fault);

    public InputItem Input { get; }

    public Mat? Image { get; }

    public InputException? Fault { get; }

    public LabelMap? Map { get; private set; }

    public LabelSet? Classes { get; private set; }

    /// <summary>Adds the label map, where there is an image, and hands on this object.</summary>
    public PendingImage Predict(SegmentationPredictor predictor)
    {
        try
        {
            Map = Image is null ? null : predictor.Predict(Image);
            Classes = predictor.Description.Labels;
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose() => Image?.Dispose();
}
