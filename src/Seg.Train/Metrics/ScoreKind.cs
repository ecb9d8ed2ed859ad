namespace Seg.Train.Metrics;

/// <summary>What a network is measured by.</summary>
/// <param name="Key">Its key in <c>metrics.jsonl</c>, and its tag in TensorBoard behind <c>val/</c>: <c>mean_iou</c>.</param>
/// <param name="Title">What displays and charts call it: "mIoU".</param>
/// <param name="HigherIsBetter">False for errors.</param>
public sealed record ScoreKind(string Key, string Title, bool HigherIsBetter = true)
{
    /// <summary>The scores of segmentation, 0–1; see <see cref="SegmentationScores"/>.</summary>
    public static ScoreKind MeanIoU { get; } = new("mean_iou", "mIoU");

    /// <inheritdoc cref="MeanIoU"/>
    public static ScoreKind PixelAccuracy { get; } = new("pixel_accuracy", "pixel accuracy");

    /// <summary>Whether a score is better than the best one so far. What is not a number never is.</summary>
    /// <param name="best">Null before the first one.</param>
    public bool IsBetter(double score, double? best) =>
        double.IsFinite(score) && (best is not { } known || (HigherIsBetter ? score > known : score < known));
}
