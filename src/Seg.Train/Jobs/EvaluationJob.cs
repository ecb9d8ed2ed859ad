using Seg.Models;
using Seg.Models.Configuration;
using Seg.Predict;
using Seg.Train.Datasets;
using Seg.Train.Metrics;

namespace Seg.Train.Jobs;

/// <summary>Scores a trained model on a data set. What <c>seg eval</c> does.</summary>
public static class EvaluationJob
{
    /// <param name="progress">Told how many of all images are done, after each.</param>
    /// <exception cref="InputException">Model or data are missing, faulty, or do not fit together.</exception>
    public static IScores Run(EvaluationRequest request, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        // Each image is read once, so that keeping it decoded would be for nothing.
        var data = FindData(request);
        var dataset = DatasetFactory.Create(data with { CacheMegabytes = 0 }, request.Split);
        using var predictor = SegmentationPredictor.Load(request.Model, request.Predictor with { InputSize = request.Predictor.InputSize ?? data.ValidationSize });
        return SegmentationEvaluator.Evaluate(predictor, dataset, progress, cancellation);
    }

    private static SegmentationDataConfig FindData(EvaluationRequest request)
    {
        if (!File.Exists(request.Model))
            throw new InputException($"There is no model file '{request.Model}'.");
        if ((request.Config ?? ConfigOfRun(request.Model)) is { } path)
        {
            var data = SegmentationDataConfig.Require(ConfigReader.Read<RunConfig>(path, request.Overrides).Data
                ?? throw new InputException($"{path} has no 'data:' section; give a config that has one."));
            return request.Data is null ? data : data with { Root = request.Data };
        }
        if (request.Overrides.Count > 0)
            throw new InputException("There is no config that --set could change; give one with --config.");
        if (request.Data is null)
            throw new InputException($"No config.yaml lies beside '{request.Model}' to say which data it is for; give --data DIR, or --config CONFIG.");
        if (!Directory.Exists(request.Data))
            throw new InputException($"There is no folder '{request.Data}'.");
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
