using Seg.Train.Metrics;

namespace Seg.Train;

/// <summary>What a training run came to.</summary>
public sealed record TrainingResult
{
    public required string RunDirectory { get; init; }

    /// <summary>Why it ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>Whether it was cancelled before its end; a checkpoint was saved then, and <c>--resume</c> continues it.</summary>
    public bool Interrupted => Reason == StopReason.Interrupted;

    /// <summary>Epochs that are done in full.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps that are done, over all sittings.</summary>
    public required long Steps { get; init; }

    /// <summary>What decides which epoch is the best.</summary>
    public required ScoreKind Score { get; init; }

    /// <summary>Best value of <see cref="Score"/> on the validation data; null before the first validation.</summary>
    public double? BestScore { get; init; }

    /// <summary>Epoch of <see cref="BestScore"/>, from 1.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>The last validation of this sitting.</summary>
    public IScores? LastValidation { get; init; }

    /// <summary>Model file of the best epoch, for <c>seg predict</c>; null before the first validation.</summary>
    public string? BestModel { get; init; }

    /// <summary>Model file of the last checkpoint.</summary>
    public required string LastModel { get; init; }

    /// <summary>Of this sitting.</summary>
    public required TimeSpan Elapsed { get; init; }
}
