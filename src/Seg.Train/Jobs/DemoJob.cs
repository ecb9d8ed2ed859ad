using System.Diagnostics;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Predict;
using Seg.Predict.Jobs;
using Seg.Train.Synthesis;

namespace Seg.Train.Jobs;

/// <summary>Draws scenes, trains on them, scores the model on others, and predicts those and a video. What <c>seg demo</c> does.</summary>
public static class DemoJob
{
    /// <exception cref="InputException">Config or scenes are wrong.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a training under way was saved.</exception>
    public static DemoResult Run(DemoRequest request, IDemoProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var scenes = Path.Combine(request.Output, "scenes");
        var video = Path.Combine(request.Output, request.Subject.VideoName);
        var recipe = request.Config ?? request.Subject.FindConfig();
        var config = ConfigReader.Read<RunConfig>(recipe, request.Overrides);
        var data = config.Data ?? throw new InputException($"{recipe} has no 'data:' section.");
        config = config with { Data = data with { Root = scenes } };

        DrawScenes(request, scenes, video, progress, cancellation);
        progress.Stage($"training {Path.GetFileNameWithoutExtension(recipe)}");
        var run = Path.Combine(request.Output, "run");
        var options = new TrainerOptions { RunDirectory = run, Device = request.Device, Threads = request.Threads };
        var training = progress.Train(watch => new Trainer(config, options, watch).Run(cancellation));
        cancellation.ThrowIfCancellationRequested();
        var model = training.BestModel ?? training.LastModel;

        progress.Stage("scoring the best model on the held-out scenes");
        var predictor = new PredictorOptions { Device = request.Device };
        var scores = EvaluationJob.Run(new EvaluationRequest { Model = model, Predictor = predictor }, progress.Count, cancellation);
        var scoresFile = Path.Combine(request.Output, "scores.json");
        AtomicFile.WriteText(scoresFile, scores.ToJson() + "\n");

        progress.Stage("predicting the held-out scenes and the video");
        var overlays = Path.Combine(request.Output, "overlays");
        PredictRequest common = new() { Model = model, Inputs = [], Output = overlays, Predictor = predictor };
        List<PredictionSummary> predictions = [];
        foreach (var prediction in request.Subject.Predictions(common, scenes, video))
        {
            predictions.Add(PredictionJob.Run(prediction,
                step => progress.Count(step.Frame > 0 ? step.Frame : step.Done, step.Frame > 0 ? step.Frames : step.Total), cancellation));
        }
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
        var (subject, seconds) = (request.Subject, request.VideoSeconds);
        var (train, held) = (subject.Set.Train, subject.Set.Val);
        progress.Stage($"drawing {train} {subject.Kind} to train on, {held} to hold out, and a video of {seconds} s");
        subject.Draw(scenes, new Report(done => progress.Count(done, train + held)), cancellation);
        var frames = (int)(seconds * SceneSetConfig.FramesPerSecond);
        subject.DrawVideo(video, seconds, new Report(done => progress.Count(done, frames)), cancellation);
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, reports at once and on the caller's thread.</summary>
    private sealed class Report(Action<int> report) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => report(value);
    }
}
