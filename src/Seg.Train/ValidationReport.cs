using Seg.Train.Metrics;

namespace Seg.Train;

/// <summary>One validation of the network, after an epoch.</summary>
public sealed record ValidationReport
{
    /// <summary>The epoch just done, from 1.</summary>
    public required int Epoch { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Mean loss of the epoch's training steps.</summary>
    public required double TrainLoss { get; init; }

    public required IScores Scores { get; init; }

    /// <summary>Best value so far of the first score; null before the first that is a number.</summary>
    public required double? BestScore { get; init; }

    /// <summary>Whether that is this one, which was then saved as the best model.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Time that the validation took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
