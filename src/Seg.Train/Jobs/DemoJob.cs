using System.Diagnostics;
using System.Text;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Predict;
using Seg.Predict.Jobs;
using Seg.Train.Synthesis;

namespace Seg.Train.Jobs;

/// <summary>Draws street scenes, trains on them, scores the model on others, and predicts those and a video. What <c>seg demo</c> does.</summary>
public static class DemoJob
{
    private const double FramesPerSecond = 15;

    /// <summary>The demo's own config, found from the program's folder upwards, then from the current one.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public static string FindConfig()
    {
        const string Name = "configs/demo/street_scenes.yaml";
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, Name);
                if (File.Exists(path))
                    return path;
            }
        }
        throw new InputException($"There is no {Name} around the program or the current folder; run the demo from the repository.");
    }

    /// <exception cref="InputException">Config or scenes are wrong.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a training under way was saved.</exception>
    public static DemoResult Run(DemoRequest request, IDemoProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var scenes = Path.Combine(request.Output, "scenes");
        var video = Path.Combine(request.Output, "drive.mp4");
        var config = ConfigReader.Read<RunConfig>(request.Config, request.Overrides);
        config = config with { Data = (config.Data ?? throw new InputException($"{request.Config} has no 'data:' section.")) with { Root = scenes } };

        DrawScenes(request, scenes, video, progress, cancellation);
        progress.Stage($"training {Path.GetFileNameWithoutExtension(request.Config)}");
        var options = new TrainerOptions { RunDirectory = Path.Combine(request.Output, "run"), Device = request.Device, Threads = request.Threads };
        var training = progress.Train(watch => new Trainer(config, options, watch).Run(cancellation));
        cancellation.ThrowIfCancellationRequested();
        var model = training.BestModel ?? training.LastModel;

        progress.Stage("scoring the best model on the held-out scenes");
        var predictor = new PredictorOptions { Device = request.Device };
        var scores = EvaluationJob.Run(new EvaluationRequest { Model = model, Predictor = predictor }, progress.Count, cancellation);
        var scoresFile = Path.Combine(request.Output, "scores.json");
        AtomicFile.Write(scoresFile, Encoding.UTF8.GetBytes(scores.ToJson() + "\n"));

        progress.Stage("predicting the held-out scenes and the video");
        var predictions = PredictionJob.Run(
            new PredictRequest
            {
                Model = model,
                Inputs = [Path.Combine(scenes, "leftImg8bit", "val"), video],
                Output = Path.Combine(request.Output, "overlays"),
                Predictor = predictor,
            },
            step => progress.Count(step.Frame > 0 ? step.Frame : step.Done, step.Frame > 0 ? step.Frames : step.Total),
            cancellation);
        return new DemoResult
        {
            Training = training,
            Scores = scores,
            ScoresFile = scoresFile,
            Predictions = predictions,
            Curves = Path.Combine(training.RunDirectory, "curves.png"),
            Metrics = Path.Combine(training.RunDirectory, "metrics.jsonl"),
            Elapsed = clock.Elapsed,
        };
    }

    private static void DrawScenes(DemoRequest request, string scenes, string video, IDemoProgress progress, CancellationToken cancellation)
    {
        var count = request.Scenes.Train + request.Scenes.Val;
        progress.Stage($"drawing {request.Scenes.Train} street scenes to train on, {request.Scenes.Val} to hold out, and a drive of {request.VideoSeconds} s");
        StreetScenes.Write(scenes, request.Scenes, new Report(done => progress.Count(done, count)), cancellation);
        var frames = (int)(request.VideoSeconds * FramesPerSecond);
        StreetScenes.WriteVideo(video, request.Scenes, request.VideoSeconds, FramesPerSecond, new Report(done => progress.Count(done, frames)), cancellation);
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, reports at once and on the caller's thread.</summary>
    private sealed class Report(Action<int> report) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => report(value);
    }
}
