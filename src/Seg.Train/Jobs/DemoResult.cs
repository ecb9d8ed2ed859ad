using Seg.Predict.Jobs;
using Seg.Train.Metrics;

namespace Seg.Train.Jobs;

/// <summary>What a demo left, and where.</summary>
public sealed record DemoResult
{
    public required TrainingResult Training { get; init; }

    /// <summary>Of the best model, on the held-out scenes.</summary>
    public required IScores Scores { get; init; }

    /// <summary>File with <see cref="Scores"/> as JSON.</summary>
    public required string ScoresFile { get; init; }

    /// <summary>Overlays of the held-out scenes and of the video, all in one folder; one or more.</summary>
    public required IReadOnlyList<PredictionSummary> Predictions { get; init; }

    /// <summary>Loss, learning rate and scores over the run.</summary>
    public required string Curves { get; init; }

    /// <summary>One JSON object a line, for each step and epoch.</summary>
    public required string Metrics { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
