using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Predict.Review;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Gives each pixel its class: overlays, masks, shares of the classes.</summary>
/// <param name="predictor">Taken over.</param>
internal sealed class SegmentationTask(SegmentationPredictor predictor, PredictRequest request) : IPredictionTask<LabelMap>
{
    private readonly LabelSet classes = predictor.Description.Labels;
    private readonly Overlay overlay = new(predictor.Description.Labels, request.Overlay);

    /// <summary>What can be saved of it.</summary>
    public static TaskOutputs Outputs { get; } = new(
        "a segmentation model",
        PredictionOutputs.Overlay | PredictionOutputs.Mask | PredictionOutputs.SideBySide | PredictionOutputs.Json,
        PredictionOutputs.Overlay | PredictionOutputs.Json);

    public IEnumerable<string> Warnings => [];

    public IEnumerable<string> Notes => [];

    public IEnumerable<Predicted<LabelMap>> Predict(IEnumerable<SourceImage> images) => images.Select(Predict);

    public void Write(SourceImage image, LabelMap result, ResultFiles files)
    {
        if (files.Wants(PredictionOutputs.Overlay))
        {
            using var drawn = overlay.Draw(image.Image!, result);
            ImageFile.Write(files.Next(image.Input, "_overlay.png"), drawn);
        }
        if (files.Wants(PredictionOutputs.Mask))
        {
            LabelPng.Write(files.Next(image.Input, "_mask.png"), result, classes.Colors);
            LabelPng.Write(files.Next(image.Input, "_ids.png"), result);
        }
        if (files.Wants(PredictionOutputs.SideBySide))
        {
            using var drawn = overlay.DrawBeside(image.Image!, result);
            ImageFile.Write(files.Next(image.Input, "_side_by_side.png"), drawn);
        }
        if (files.Wants(PredictionOutputs.Json))
            ShareReport.Write(files.Next(image.Input, ".json"), image.Input.Path, result, classes);
    }

    public ReviewSubject Subject => new() { Model = request.Model, Classes = classes };

    public ReviewItem ItemOf(SourceImage image, LabelMap result, IReadOnlyList<string> files) =>
        new() { Name = image.Input.Name, Source = image.Input.Path, Image = image.Image!, Labels = result, Files = files };

    public IVideoResults<LabelMap> Begin(VideoReader video) => new SegmentationVideo(classes, request.Overlay);

    public void Finish(ResultFiles files)
    {
        // Nothing tells of all images together.
    }

    public void Dispose() => predictor.Dispose();

    private Predicted<LabelMap> Predict(SourceImage source)
    {
        try
        {
            var withConfidence = request.Review && !source.Input.IsVideo;
            return new(source, source.Image is null ? null : withConfidence ? predictor.PredictWithConfidence(source.Image) : predictor.Predict(source.Image));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
