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
        string path, IReadOnlyList<StepLine> steps, IReadOnlyList<EpochLine> epochs, IEnumerable<ScoreKind> scores)
    {
        var placed = Place(steps);
        var groups = placed.Where(step => step.Line.Loss is not null).Chunk(Math.Max(1, steps.Count / LossPoints));
        LineChart loss = new("Training loss", "epoch", "loss",
            [new("loss", [.. groups.Select(group => (group[^1].Epoch, group.Average(step => step.Line.Loss!.Value)))])]);
        LineChart validation = new("Validation", "epoch", "score",
            [.. scores.Select(kind => new Series(kind.Title, [.. epochs.SelectMany(epoch => Points(epoch, kind))]))]);
        LineChart rate = new("Learning rate", "epoch", "learning rate",
            [new("learning rate", [.. placed.Select(step => (step.Epoch, step.Line.LearningRate))])]);
        Curves.Write(path, [loss, validation, rate]);

        static IEnumerable<(double, double)> Points(EpochLine epoch, ScoreKind kind) =>
            epoch.Scores.Where(score => score.Key == kind.Key && score.Value is not null).Select(score => ((double)epoch.Epoch, score.Value!.Value));
    }

    /// <summary>
    /// The steps, each with where along the epochs it is: 0.5 after half of the first. A resumed run's epochs may have other numbers of steps.
    /// </summary>
    internal static IReadOnlyList<(StepLine Line, double Epoch)> Place(IReadOnlyList<StepLine> steps) =>
        [.. steps.GroupBy(step => step.Epoch)
            .SelectMany(epoch => epoch.Select((step, index) => (step, epoch.Key - 1 + (index + 1.0) / epoch.Count())))];
}
