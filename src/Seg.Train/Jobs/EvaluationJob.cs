using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
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
        var data = WithBoxes(FindData(request), request.Boxes) with { CacheMegabytes = 0 };
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

    private static DataConfig FindData(EvaluationRequest request)
    {
        if (!File.Exists(request.Model))
            throw new InputException($"There is no model file '{request.Model}'.");
        if ((request.Config ?? ConfigOfRun(request.Model)) is { } path)
        {
            var data = ConfigReader.Read<RunConfig>(path, request.Overrides).Data
                ?? throw new InputException($"{path} has no 'data:' section; give a config that has one.");
            return request.Data is null ? data : data with { Root = request.Data };
        }
        if (request.Overrides.Count > 0)
            throw new InputException("There is no config that --set could change; give one with --config.");
        if (request.Data is null)
            throw new InputException($"No config.yaml lies beside '{request.Model}' to say which data it is for; give --data DIR, or --config CONFIG.");
        if (!Directory.Exists(request.Data))
            throw new InputException($"There is no folder '{request.Data}'.");
        if (ModelFile.ReadDescription(request.Model) is PoseDescription)
            throw new InputException($"'{request.Model}' is for pose: which keypoints '{request.Data}' has, only a config can say. Give --config with a data: section.");
        var format = DatasetFactory.Detect(request.Data)
            ?? throw new InputException(
                $"The layout of '{request.Data}' is not known: it has neither leftImg8bit nor images with labels or masks. Give --config with a data: section.");
        return new SegmentationDataConfig { Format = format, Root = request.Data };
    }

    /// <summary>The config that the trainer left beside its models.</summary>
    private static string? ConfigOfRun(string model)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "config.yaml");
        return File.Exists(path) ? path : null;
    }
}
