using System.Text.Json.Serialization;
using Seg.Train.Metrics;

namespace Seg.Train.Runs;

/// <summary>
/// A line of <c>metrics.jsonl</c> on a validation. The keys are these properties in snake_case, but for the scores, which have their own.
/// </summary>
[JsonConverter(typeof(EpochLineConverter))]
public sealed record EpochLine
{
    internal const string KindName = "epoch";

    /// <summary>The epoch just done, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps done in the run.</summary>
    public required long Step { get; init; }

    /// <summary>Mean loss of the epoch's steps; null where none had a loss.</summary>
    public required double? TrainLoss { get; init; }

    /// <summary>
    /// On the validation data, by <see cref="ScoreKind.Key"/>: <c>mean_iou</c> and <c>pixel_accuracy</c> of segmentation, <c>ap</c> … of pose. The
    /// first decides which epoch is the best. Null where there was nothing to score.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, double?>> Scores { get; init; }

    /// <summary>The key of <see cref="Parts"/>: <c>class_iou</c>, <c>joint_pck</c>.</summary>
    public required string PartsKey { get; init; }

    /// <summary>The score of each class or keypoint by its name; null where there was nothing to score.</summary>
    public required IReadOnlyList<KeyValuePair<string, double?>> Parts { get; init; }

    /// <summary>Best value so far of the first score; its key is <c>best_</c> before that score's. Null before the first that is a number.</summary>
    public required double? Best { get; init; }

    /// <summary>That the validation took.</summary>
    public required double ValidationSeconds { get; init; }

    /// <summary>Scores as this line has them.</summary>
    public static IReadOnlyList<KeyValuePair<string, double?>> Known(IEnumerable<KeyValuePair<string, double>> scores) =>
        [.. scores.Select(score => KeyValuePair.Create(score.Key, double.IsFinite(score.Value) ? (double?)score.Value : null))];
}
