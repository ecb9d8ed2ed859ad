namespace Seg.Train.Runs;

/// <summary>A line of <c>metrics.jsonl</c> on one training step. The keys are these properties in snake_case.</summary>
public sealed record StepLine
{
    internal const string KindName = "step";

    /// <summary>"step".</summary>
    public string Kind { get; init; } = KindName;

    /// <summary>The step within the run, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch under way, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Of this step's batch; null where every pixel of it was ignored.</summary>
    public required double? Loss { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Trained on a second, over the last steps.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Share of the epoch's time so far in which the network waited for images, 0–1.</summary>
    public required double DataWait { get; init; }
}
