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

    public required EvaluationResult Result { get; init; }

    /// <summary>Highest mean IoU of the run so far, 0–1.</summary>
    public required double BestMeanIoU { get; init; }

    /// <summary>Whether that is this one, which was then saved as the best model.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Time that the validation took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
