using System.Diagnostics;
using Seg.Train.Metrics;
using Seg.Train.Runs;
using Seg.Train.Tasks;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>Scores the network after an epoch, keeps it where it is the best so far, and notes all that down.</summary>
internal sealed class EpochValidation(RunConfig config, ITrainingProgress progress, TrainingSession session, Throughput throughput)
{
    /// <summary>The scores of the last validation of this sitting.</summary>
    public IScores? Last { get; private set; }

    /// <exception cref="OperationCanceledException">Cancelled; the position is as it was.</exception>
    /// <exception cref="TrainingDivergedException">The best network has a weight that is not finite; the best file is as it was.</exception>
    public void Run(CancellationToken cancellation)
    {
        var (scores, elapsed) = Evaluate(cancellation);
        throughput.Validated(elapsed);
        session.TellFaultyFiles();
        Last = scores;

        var position = session.Position;
        var score = scores.All[0].Value;
        var isBest = session.Task.Score.IsBetter(score, position.BestScore);
        if (isBest)
        {
            session.SaveModel(session.Run.BestModel);
            position = position with { BestScore = score, BestEpoch = position.Epoch + 1 };
        }
        session.Position = position with { ValidationsSinceBest = isBest ? 0 : position.ValidationsSinceBest + 1 };
        Report(scores, isBest, elapsed);
    }

    /// <returns>The scores, and how long they took (previews not counted).</returns>
    private (IScores Scores, TimeSpan Elapsed) Evaluate(CancellationToken cancellation)
    {
        // Making the predictor's copy of the network draws random numbers. Training must not notice whether it was validated in between.
        using var randomState = get_rng_state();
        try
        {
            var clock = Stopwatch.StartNew();
            session.Network.ShareStatistics(session.Ranks);
            using var evaluation = session.Task.Evaluate(session.Network.Model, session.Device, session.Ranks);
            var scores = evaluation.Run(progress.Validating, cancellation);
            var elapsed = clock.Elapsed;
            if (session.Ranks.IsFirst)
                WritePreviews(evaluation);
            return (scores, elapsed);
        }
        finally
        {
            set_rng_state(randomState);
        }
    }

    /// <summary>A run does not fail for want of a picture: what goes wrong is a warning.</summary>
    private void WritePreviews(IEvaluation evaluation)
    {
        var position = session.Position;
        try
        {
            evaluation.WritePreviews(
                Path.Combine(session.Run.Previews, $"epoch_{position.Epoch + 1:D4}"), config.Train.Previews,
                (path, size) => session.Log!.WritePreview(path, position.Step, size));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Warning($"No previews were written: {error.Message}");
        }
    }

    private void Report(IScores scores, bool isBest, TimeSpan elapsed)
    {
        var position = session.Position;
        session.Log?.Write(new EpochLine
        {
            Epoch = position.Epoch + 1,
            Step = position.Step,
            TrainLoss = position.LossCount > 0 ? position.MeanLoss : null,
            Scores = EpochLine.Known(scores.All.Select(score => KeyValuePair.Create(score.Kind.Key, score.Value))),
            PartsKey = scores.Parts.Key,
            Parts = EpochLine.Known(scores.Parts.Values),
            Best = position.BestScore,
            ValidationSeconds = elapsed.TotalSeconds,
        });
        if (session.Ranks.IsFirst)
            WriteCharts(scores);
        progress.Validated(new ValidationReport
        {
            Epoch = position.Epoch + 1,
            Epochs = config.Train.Epochs,
            TrainLoss = position.MeanLoss,
            Scores = scores,
            BestScore = position.BestScore,
            IsBest = isBest,
            Elapsed = elapsed,
        });
    }

    /// <summary>As for pictures.</summary>
    private void WriteCharts(IScores scores)
    {
        try
        {
            var (steps, epochs) = MetricsLog.Read(session.Run.Metrics);
            var shown = scores.All.Where(score => score.IsHeadline).Select(score => score.Kind);
            if (steps.Count > 0)
                CurvesWriter.Write(session.Run.Curves, steps, epochs, shown);
            scores.WriteTables(session.Run, session.Position.Epoch + 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Warning($"Curves or tables were not written: {error.Message}");
        }
    }
}
