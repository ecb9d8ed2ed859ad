using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Inputs;
using Seg.Predict.Pose;

namespace Seg.Predict.Jobs;

/// <summary>What a prediction of poses is to do, checked before the model is loaded.</summary>
internal sealed class PosePlan
{
    /// <summary>What can be saved of poses.</summary>
    public static TaskOutputs Outputs { get; } = new(
        "a pose model",
        PredictionOutputs.Overlay | PredictionOutputs.SideBySide | PredictionOutputs.Json,
        PredictionOutputs.Overlay | PredictionOutputs.SideBySide | PredictionOutputs.Json);

    /// <summary>The name of what tells of all images together.</summary>
    public const string ResultsName = "keypoints";

    private readonly CountedWarnings warnings = new();

    private PosePlan(DetectionFile? boxes, ImageIds ids, double minScore) => (Boxes, Ids, MinScore) = (boxes, ids, minScore);

    /// <summary>null: whole images.</summary>
    public DetectionFile? Boxes { get; }

    public ImageIds Ids { get; }

    public double MinScore { get; }

    public IEnumerable<string> Warnings => [.. Boxes?.Warnings ?? [], .. warnings.Lines];

    /// <exception cref="InputException">Options contradict each other or the inputs, or the boxes cannot be used.</exception>
    public static PosePlan Make(PredictRequest request, IReadOnlyList<InputItem> inputs)
    {
        Outputs.Check(request.Save, inputs);
        RequireNoDrawing(request);
        request.Predictor.Views.RequireNone();
        var pose = request.Pose;
        var minScore = pose.MinScore ?? PoseRequest.DefaultMinScore;
        if (minScore is not (>= 0 and <= 1))
            throw new InputException($"The lowest score is 0 to 1, not {minScore}.");
        if ((pose.Track || pose.Smooth) && !inputs.Any(input => input.IsVideo))
            throw new InputException("Persons are tracked and smoothed in videos, and no input is one; leave that out.");
        if (request.Save.HasFlag(PredictionOutputs.Json))
            TaskOutputs.RequireFreeName($"{ResultsName}.json", inputs);
        InputItem[] images = [.. inputs.Where(input => !input.IsVideo)];
        if (pose.Boxes is null)
            return new PosePlan(null, ImageIds.ByName(images), minScore);
        if (images.Length < inputs.Count && inputs.Count > 1)
            throw new InputException("Boxes are for images, or for one video, whose frames they number from 0; predict videos one by one.");
        var boxes = DetectionFile.Read(pose.Boxes, minScore);
        PosePlan plan = new(boxes, ImageIds.Of(images, boxes), minScore);
        plan.CheckImages(images);
        return plan;
    }

    /// <exception cref="InputException">The request has options that are for pose models alone.</exception>
    public static void RequireNone(PredictRequest request)
    {
        var pose = request.Pose;
        List<string> given = [];
        if (pose.Boxes is not null)
            given.Add("a file of boxes");
        if (pose.MinScore is not null)
            given.Add("a lowest score");
        if (pose.Track)
            given.Add("tracking");
        if (pose.Smooth)
            given.Add("smoothing");
        if (given.Count > 0)
        {
            throw new InputException(
                $"'{request.Model}' gives each pixel a class; {string.Join(", ", given)} {(given.Count == 1 ? "is" : "are")} for pose models.");
        }
    }

    private static void RequireNoDrawing(PredictRequest request)
    {
        if (request.Overlay != new OverlayOptions() || request.Palette is not null)
            throw new InputException($"'{request.Model}' finds persons; opacity, palette, legend and names of regions are for segmentation models.");
    }

    /// <summary>The boxes of one image that lie in it at least in part; to be asked once, as it counts those that do not.</summary>
    public IReadOnlyList<ScoredBox> BoxesIn(SourceImage source)
    {
        if (Boxes is null || source.Image is not { } image)
            return [];
        var all = source.Input.IsVideo ? Boxes.OfFrame(source.Frame) : Ids.Of(source.Input) is { } id ? Boxes.Of(id) : [];
        ScoredBox[] inside = [.. all.Where(item => item.Box is var box && box.X < image.Cols && box.Y < image.Rows && box.Right > 0 && box.Bottom > 0)];
        for (var count = inside.Length; count < all.Count; count++)
            warnings.Add($"boxes in '{Boxes.Path}' lie outside their image and were left out", Where(source, image));
        return inside;
    }

    private static string Where(SourceImage source, Mat image)
    {
        var frame = source.Input.IsVideo ? $"frame {source.Frame} of " : "";
        return $"of {frame}'{source.Input.Path}', {image.Cols} x {image.Rows}";
    }

    /// <exception cref="InputException">No image has a box.</exception>
    private void CheckImages(InputItem[] images)
    {
        if (images.Length == 0)
            return;                                             // the frames of a video are not counted yet
        var path = Boxes!.Path;
        HashSet<long> withBoxes = [.. Boxes.ImageIds];
        InputItem[] without = [.. images.Where(image => Ids.Of(image) is not { } id || !withBoxes.Contains(id))];
        if (without.Length == images.Length)
        {
            var first = Ids.Of(images[0]) is { } id ? $"image {id}" : "of no number";
            throw new InputException(
                $"No image has a box in '{path}'; the first image is '{images[0].Path}' ({first}), the first box is of image {withBoxes.First()}. "
                + "Images are found by the file names in the file, or by the numbers at the ends of their own.");
        }
        foreach (var image in without)
            warnings.Add($"images have no box in '{path}', and nobody was looked for in them", $"'{image.Path}'");
        withBoxes.ExceptWith(Ids.All);
        foreach (var id in withBoxes)
            warnings.Add($"images with boxes in '{path}' are not among the inputs", $"image {id}");
    }
}
