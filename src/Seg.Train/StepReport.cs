namespace Seg.Train;

/// <summary>One training step, as it is shown.</summary>
public sealed record StepReport
{
    /// <summary>The epoch under way, from 1.</summary>
    public required int Epoch { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The step within the epoch, from 1.</summary>
    public required int Step { get; init; }

    public required int StepsPerEpoch { get; init; }

    /// <summary>The step within the run, from 1.</summary>
    public required long TotalStep { get; init; }

    /// <summary>Of this step's batch.</summary>
    public required double Loss { get; init; }

    /// <summary>That this step was made with.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Trained on a second, over the last steps of this epoch (validation not counted).</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Time to the end of the run, validations included as far as one was timed.</summary>
    public required TimeSpan Eta { get; init; }

    /// <summary>Share of the epoch's time so far in which the network waited for images, 0–1.</summary>
    public required double DataWait { get; init; }
}
