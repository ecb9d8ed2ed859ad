using System.Text.Json.Serialization;

namespace Seg.Train.Runs;

/// <summary>A line of <c>metrics.jsonl</c> on a validation. The keys are these properties in snake_case.</summary>
public sealed record EpochLine
{
    internal const string KindName = "epoch";

    /// <summary>"epoch".</summary>
    public string Kind { get; init; } = KindName;

    /// <summary>The epoch just done, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps done in the run.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss of the epoch's steps; null where none had a loss.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>On the validation images, 0–1.</summary>
    [JsonPropertyName("mean_iou")]   // the policy would say mean_io_u
    public required double MeanIoU { get; init; }

    /// <summary>Share of the validation pixels with the right class, 0–1.</summary>
    public required double PixelAccuracy { get; init; }

    /// <summary>IoU of each class, by name, 0–1; null for a class that neither the masks nor the predictions have.</summary>
    [JsonPropertyName("class_iou")]
    public required Dictionary<string, double?> ClassIoU { get; init; }

    /// <summary>Highest mean IoU of the run so far, 0–1.</summary>
    [JsonPropertyName("best_mean_iou")]
    public required double BestMeanIoU { get; init; }

    /// <summary>That the validation took.</summary>
    public required double ValidationSeconds { get; init; }
}
