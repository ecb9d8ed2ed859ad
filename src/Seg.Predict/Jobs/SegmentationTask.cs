using Seg.Predict.Outputs;
using Seg.Predict.Review;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Gives each pixel its class: pictures, masks, shares of the classes, and the forms of other tools.</summary>
/// <param name="predictor">Taken over.</param>
/// <param name="cancellation">Ends a prediction, also in the middle of a large image.</param>
internal sealed class SegmentationTask(
    SegmentationPlan plan, SegmentationPredictor predictor, PredictRequest request,
    CancellationToken cancellation = default) : IPredictionTask<LabelMap>
{
    private readonly IReadOnlyList<SegmentationOutput> outputs = plan.MakeOutputs();
    private readonly LargeImages large = new();
    private int images;

    public IEnumerable<string> Warnings => [];

    public IEnumerable<string> Notes =>
        [.. large.Notes, .. images > 0 && plan.HasIds ? [$"image ids in COCO's files: {plan.Ids.Source}"] : Array.Empty<string>()];

    public IEnumerable<Predicted<LabelMap>> Predict(IEnumerable<SourceImage> images) => images.Select(Predict);

    public void Write(SourceImage image, LabelMap result, ResultFiles files)
    {
        images++;
        foreach (var output in outputs)
            output.Write(image, result, files);
    }

    public ReviewSubject Subject => new() { Model = request.Model, Classes = plan.Classes };

    public ReviewItem ItemOf(SourceImage image, LabelMap result, IReadOnlyList<string> files) =>
        new() { Name = image.Input.Name, Source = image.Input.Path, Image = image.Image!, Labels = result, Files = files };

    public IReadOnlyList<PredictionOutputs> VideoPictures => [.. PredictionOutputNames.Each(request.Save & SegmentationPlan.Outputs.VideoPictures)];

    public IVideoResults<LabelMap> Begin(VideoReader video) => new SegmentationVideo(plan.Classes, request.Overlay);

    public void Finish(ResultFiles files)
    {
        foreach (var output in outputs)
            output.Finish(files);
    }

    public void Dispose()
    {
        foreach (var output in outputs)
            output.Dispose();
        predictor.Dispose();
    }

    private Predicted<LabelMap> Predict(SourceImage source)
    {
        try
        {
            if (source.Image is not { } image)
                return new(source, null);
            large.Note(predictor.PlanFor(image.Size()), source.Input);
            // A stream that is cancelled ends: the frames that came are finished.
            var stop = source.Input.Stream is null ? cancellation : CancellationToken.None;
            LabelMapRequest wanted = new() { Confidence = WantsConfidence(source), Progress = source.Progress, Cancellation = stop };
            return new(source, predictor.Predict(image, wanted));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private bool WantsConfidence(SourceImage source) =>
        request.Save.HasFlag(PredictionOutputs.Confidence) || (request.Review && !source.Input.IsVideo);
}
