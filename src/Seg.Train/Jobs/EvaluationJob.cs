using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Metrics;
using Seg.Train.Tasks;

namespace Seg.Train.Jobs;

/// <summary>Scores a trained model on a data set. What <c>seg eval</c> does.</summary>
public static class EvaluationJob
{
    /// <summary>Images on a sheet of poses, if there are so many.</summary>
    public const int SheetImages = 12;

    /// <param name="progress">Told how many of all images are done, after each.</param>
    /// <exception cref="InputException">Model or data are missing, faulty, or do not fit together.</exception>
    public static IScores Run(EvaluationRequest request, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        // Each image is read once, so that keeping it decoded would be for nothing.
        var data = WithBoxes(ModelData.Find(request.Model, request.Data, request.Config, request.Overrides), request.Boxes) with { CacheMegabytes = 0 };
        if (data is PoseDataConfig people)
            return RunPose(request, people, progress, cancellation);
        if (request.Sheet is not null)
            throw new InputException("A sheet shows the skeletons of people; leave --sheet out, and look at masks with --review.");
        return RunSegmentation(request, SegmentationDataConfig.Require(data), progress, cancellation);
    }

    private static IScores RunPose(
        EvaluationRequest request, PoseDataConfig data, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var evaluation = PoseEvaluation.Open(request.Model, data, request.Split, request.Predictor);
        // The sheet first: a file that cannot be written is told before the long part.
        if (request.Sheet is { } path)
        {
            using var sheet = evaluation.DrawSheet(SheetImages);
            ImageFile.Write(path, sheet);
        }
        if (request.Review is null)
            return evaluation.Run(progress, cancellation);
        using PoseReview review = new(request.Review, request.Model, data.Root, evaluation.Keypoints);
        evaluation.Observer = review.Add;
        return evaluation.Run(progress, cancellation);
    }

    private static IScores RunSegmentation(
        EvaluationRequest request, SegmentationDataConfig data, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var evaluation = SegmentationEvaluation.Open(request.Model, data, request.Split, request.Predictor);
        if (request.Review is null)
            return evaluation.Run(progress, cancellation);
        using EvaluationReview review = new(request.Review, request.Model, data.Root, evaluation.Images);
        evaluation.Observer = review.Add;
        return evaluation.Run(progress, cancellation);
    }

    private static DataConfig WithBoxes(DataConfig data, string? boxes) => (data, boxes) switch
    {
        (_, null) => data,
        (PoseDataConfig people, PoseDataConfig.AnnotatedBoxes) => people with { Boxes = boxes, LeastBoxScore = 0 },
        (PoseDataConfig people, _) => people with { Boxes = Path.GetFullPath(boxes) },
        _ => throw new InputException("Boxes are of people, for pose models alone; leave --boxes out."),
    };
}
