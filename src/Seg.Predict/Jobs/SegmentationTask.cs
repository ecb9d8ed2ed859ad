using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Outputs;
using Seg.Predict.Review;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Gives each pixel its class: pictures, masks, shares of the classes, and the forms of other tools.</summary>
/// <param name="predictor">Taken over.</param>
/// <param name="files">For what is written while the network is at work.</param>
/// <param name="cancellation">Ends a prediction, also in the middle of a large image.</param>
internal sealed class SegmentationTask(
    SegmentationPlan plan, SegmentationPredictor predictor, PredictRequest request, ResultFiles files,
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
        new() { Name = image.Name, Source = image.File, Image = image.Image!, Labels = result, Files = files };

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
        using var stage = PredictionStages.Begin(PredictionStages.Result);
        try
        {
            if (source.Image is not { } image)
                return new(source, null);
            large.Note(predictor.PlanFor(image.Size()), source.Input);
            return new(source, source.Input.IsVideo ? Predict(source, image, probabilities: null) : PredictWithFiles(source, image));
        }
        catch (InputException reason)
        {
            return new(source.Refused(reason), null);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private LabelMap PredictWithFiles(SourceImage source, Mat image)
    {
        List<ProbabilityFile> open = [];
        try
        {
            foreach (var output in outputs.OfType<ProbabilityOutput>())
                open.Add(output.Begin(source.Input, image.Size(), files));
            var map = Predict(source, image, open.Count > 0 ? AddToAll : null);
            open.ForEach(file => file.Commit());
            return map;
        }
        finally
        {
            open.ForEach(file => file.Dispose());
        }

        void AddToAll(int firstRow, int rows, ReadOnlySpan<float> probabilities)
        {
            foreach (var file in open)
                file.Add(firstRow, rows, probabilities);
        }
    }

    private LabelMap Predict(SourceImage source, Mat image, ProbabilityRows? probabilities) => predictor.Predict(image, new LabelMapRequest
    {
        Confidence = request.Save.HasFlag(PredictionOutputs.Confidence) || source.IsForReview,
        Probabilities = probabilities,
        Progress = source.Progress,
        // A stream that is cancelled ends: the frames that came are finished.
        Cancellation = source.Input.Stream is null ? cancellation : CancellationToken.None,
    });
}
