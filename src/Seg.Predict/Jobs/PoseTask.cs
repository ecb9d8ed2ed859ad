using System.Globalization;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Predict.Pose;
using Seg.Predict.Review;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Finds persons: drawings of them, and their keypoints as JSON.</summary>
internal sealed class PoseTask : IPredictionTask<Person[]>
{
    private readonly PosePlan plan;
    private readonly PredictRequest request;
    private readonly IPoseEstimator estimator;
    private readonly PosePredictor? boxPredictor;
    private readonly PersonNms nms;
    private readonly PoseOverlay overlay;
    private readonly List<CocoResult> results = [];
    private int images, found, leftOut;

    /// <summary>Loads the model.</summary>
    /// <exception cref="InputException">The model cannot be read, or there are boxes for one that needs none.</exception>
    public PoseTask(PosePlan plan, PredictRequest request)
    {
        (this.plan, this.request) = (plan, request);
        estimator = PoseEstimatorFactory.Load(request.Model, request.Predictor);
        boxPredictor = estimator as PosePredictor;
        if (plan.Boxes is not null && boxPredictor is null)
        {
            estimator.Dispose();
            throw new InputException($"'{request.Model}' finds persons by itself and takes no boxes; leave '{plan.Boxes.Path}' out.");
        }
        nms = new PersonNms(estimator.Description.Keypoints.Sigmas, new PersonNmsOptions());
        overlay = new PoseOverlay(estimator.Description.Keypoints, request.Pose.Overlay);
    }

    public IEnumerable<string> Warnings => plan.Warnings;

    public IEnumerable<string> Notes
    {
        get
        {
            var below = leftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {leftOut} more scored below {plan.MinScore}") : "";
            yield return $"{found} person{(found == 1 ? "" : "s")} found{below}";
            if (images > 0 && request.Save.HasFlag(PredictionOutputs.Json))
                yield return $"image ids in {PosePlan.ResultsName}.json: {plan.Ids.Source}";
        }
    }

    /// <inheritdoc/>
    /// <remarks>Waits until there are persons enough to fill a batch.</remarks>
    public IEnumerable<Predicted<Person[]>> Predict(IEnumerable<SourceImage> images)
    {
        Queue<Waiting> waiting = [];
        var load = 0;
        try
        {
            foreach (var image in images)
            {
                waiting.Enqueue(new(image, plan.BoxesIn(image)));
                load += Math.Max(1, PersonsIn(waiting.Last()));
                if (load < request.Predictor.BatchSize)
                    continue;
                load = 0;
                foreach (var predicted in FindAll(waiting))
                    yield return predicted;
            }
            foreach (var predicted in FindAll(waiting))
                yield return predicted;
        }
        finally
        {
            while (waiting.TryDequeue(out var image))
                image.Source.Dispose();
        }
    }

    public void Write(SourceImage image, Person[] result, ResultFiles files)
    {
        images++;
        if (files.Wants(PredictionOutputs.Overlay))
        {
            using var drawn = overlay.Draw(image.Image!, result);
            ImageFile.Write(files.Next(image.Input, "_overlay.png"), drawn);
        }
        if (files.Wants(PredictionOutputs.SideBySide))
        {
            using var drawn = overlay.DrawBeside(image.Image!, result);
            ImageFile.Write(files.Next(image.Input, "_side_by_side.png"), drawn);
        }
        if (!files.Wants(PredictionOutputs.Json))
            return;
        var id = plan.Ids.Of(image.Input);
        var path = files.Next(image.Input, ".json");
        PoseReport.Write(path, image.Input.Path, id, image.Image!.Size(), result, estimator.Description.Keypoints);
        results.AddRange(result.Select(person => new CocoResult(id!.Value, person, Path.GetFileName(image.Input.Path))));
    }

    public ReviewSubject Subject => new() { Model = request.Model, Keypoints = estimator.Description.Keypoints };

    public ReviewItem ItemOf(SourceImage image, Person[] result, IReadOnlyList<string> files) =>
        new() { Name = image.Name, Source = image.File, Image = image.Image!, Persons = result, Files = files };

    public IReadOnlyList<PredictionOutputs> VideoPictures => [.. PredictionOutputNames.Each(request.Save & PosePlan.Outputs.VideoPictures)];

    public IVideoResults<Person[]> Begin(VideoReader video) =>
        new PoseVideo(
            estimator.Description.Keypoints, overlay, request.Pose, video.FrameRate,
            keepsFrames: request.Save.HasFlag(PredictionOutputs.Json));

    public void Finish(ResultFiles files)
    {
        if (images > 0 && files.Wants(PredictionOutputs.Json))
            CocoResults.Write(files.Next($"{PosePlan.ResultsName}.json"), results);
    }

    public void Dispose() => estimator.Dispose();

    /// <summary>What an image takes of a batch.</summary>
    private int PersonsIn(Waiting image)
    {
        if (image.Source.Image is null)
            return 0;
        return boxPredictor is null ? request.Predictor.BatchSize : plan.Boxes is null ? 1 : image.Boxes.Count;
    }

    /// <summary>Takes all images out, each with its persons; those without an image, or that the network refuses, have none.</summary>
    private IEnumerable<Predicted<Person[]>> FindAll(Queue<Waiting> waiting)
    {
        var (persons, refusal) = TryFind([.. waiting.Where(image => image.Source.Image is not null)]);
        while (waiting.TryDequeue(out var image))
        {
            var source = image.Source;
            yield return refusal is null || source.Image is null
                ? new(source, persons.GetValueOrDefault(source))
                : new(source.Refused(refusal), null);
        }
    }

    /// <summary>The persons of each image, best first; or why the network does not take these images.</summary>
    private (Dictionary<SourceImage, Person[]> Persons, InputException? Refusal) TryFind(Waiting[] images)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Result);
        try
        {
            var persons = plan.Boxes is null
                ? estimator.Estimate([.. images.Select(image => image.Source.Image!)])
                : [.. boxPredictor!.Predict([.. images.Select(Boxed)]).Select(nms.Apply)];
            return (images.Zip(persons, Shown).ToDictionary(pair => pair.Source, pair => pair.Persons), null);
        }
        catch (InputException reason)
        {
            return ([], reason);
        }

        static BoxedImage Boxed(Waiting image) => new(image.Source.Image!, image.Boxes);
    }

    /// <summary>Without those of a low score, whom it counts.</summary>
    private (SourceImage Source, Person[] Persons) Shown(Waiting image, Person[] all)
    {
        Person[] persons = [.. all.Where(person => person.Score >= plan.MinScore)];
        (found, leftOut) = (found + persons.Length, leftOut + all.Length - persons.Length);
        return (image.Source, persons);
    }

    /// <summary>An image that waits for others to fill a batch.</summary>
    private sealed record Waiting(SourceImage Source, IReadOnlyList<ScoredBox> Boxes);
}
