using Seg.Train.Charts;
using Seg.Train.Metrics;

namespace Seg.Train.Runs;

/// <summary>Draws a run's curves from its metrics log, so that a resumed run shows all of its history.</summary>
public static class CurvesWriter
{
    /// <summary>
    /// Points of the loss curve; each is the mean of the steps between it and the one before, or the line would be a band of noise.
    /// </summary>
    private const int LossPoints = 240;

    /// <summary>Writes loss, scores and learning rate over the epochs, one chart below the other.</summary>
    /// <param name="path">Of the PNG.</param>
    /// <param name="steps">All steps of the run so far, at least one.</param>
    /// <param name="scores">Those of the epochs' that are drawn.</param>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public static void Write(
        string path, IReadOnlyList<StepLine> steps, IReadOnlyList<EpochLine> epochs, IEnumerable<ScoreKind> scores, int stepsPerEpoch)
    {
        double EpochOf(long step) => step / (double)stepsPerEpoch;
        var groups = steps.Where(step => step.Loss is not null).Chunk(Math.Max(1, steps.Count / LossPoints));
        LineChart loss = new("Training loss", "epoch", "loss",
            [new("loss", [.. groups.Select(group => (EpochOf(group[^1].Step), group.Average(step => step.Loss!.Value)))])]);
        LineChart validation = new("Validation", "epoch", "score",
            [.. scores.Select(kind => new Series(kind.Title, [.. epochs.SelectMany(epoch => Points(epoch, kind))]))]);
        LineChart rate = new("Learning rate", "epoch", "learning rate",
            [new("learning rate", [.. steps.Select(step => (EpochOf(step.Step), step.LearningRate))])]);
        Curves.Write(path, [loss, validation, rate]);

        static IEnumerable<(double, double)> Points(EpochLine epoch, ScoreKind kind) =>
            epoch.Scores.Where(score => score.Key == kind.Key && score.Value is not null).Select(score => ((double)epoch.Epoch, score.Value!.Value));
    }
}
