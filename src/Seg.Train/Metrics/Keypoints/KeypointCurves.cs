namespace Seg.Train.Metrics.Keypoints;

/// <summary>What COCO's keypoint evaluation averages: precision at given recalls, and the recall reached. -1 where no person counts.</summary>
/// <remarks>
/// Arrays are row-major, as <c>COCOeval.eval</c> has them, but without its last dimension, of length 1. T: the 10 thresholds of OKS, R: the 101 of
/// recall, C: the categories that the truth has, by rising id, A: <see cref="AreaRange.Coco"/>.
/// </remarks>
public sealed class KeypointCurves
{
    private readonly int categories;

    internal KeypointCurves(int categories)
    {
        this.categories = categories;
        Precision = Filled(OksThresholds.Count * RecallThresholds.Count * categories * AreaRange.Coco.Count);
        Scores = Filled(Precision.Length);
        Recall = Filled(OksThresholds.Count * categories * AreaRange.Coco.Count);
    }

    /// <summary>0.5, 0.55, … 0.95, as numpy.linspace makes them: the ninth is 0.8999999999999999.</summary>
    public static IReadOnlyList<double> OksThresholds { get; } = Spaced(0.5, 0.95, 10);

    /// <summary>0, 0.01, … 1, as numpy.linspace makes them: the 36th is 0.35000000000000003.</summary>
    public static IReadOnlyList<double> RecallThresholds { get; } = Spaced(0, 1, 101);

    /// <summary>[T, R, C, A]: the best precision at this recall or a higher one; 0 where it is not reached.</summary>
    public double[] Precision { get; }

    /// <summary>[T, R, C, A]: the score of the detection at which the recall is reached; 0 where it is not.</summary>
    public double[] Scores { get; }

    /// <summary>[T, C, A]: the share of the persons that all detections together find.</summary>
    public double[] Recall { get; }

    /// <summary>Mean of the precision over recalls and categories, and over the thresholds or at one of them; -1 where no person counts.</summary>
    /// <param name="range">Index of the area range.</param>
    /// <param name="threshold">Index of the OKS threshold; null: all.</param>
    public double MeanPrecision(int range, int? threshold = null) => Mean(Precision, range, threshold);

    /// <summary>Mean of the recall over categories, and over the thresholds or at one of them; -1 where no person counts.</summary>
    public double MeanRecall(int range, int? threshold = null) => Mean(Recall, range, threshold);

    internal void SetRecall(int threshold, int category, int range, double value) =>
        Recall[(threshold * categories + category) * AreaRange.Coco.Count + range] = value;

    internal void SetPrecision(int threshold, int recall, int category, int range, double precision, double score)
    {
        var at = ((threshold * RecallThresholds.Count + recall) * categories + category) * AreaRange.Coco.Count + range;
        (Precision[at], Scores[at]) = (precision, score);
    }

    private static double Mean(double[] values, int range, int? threshold)
    {
        var perThreshold = values.Length / OksThresholds.Count;
        var (start, end) = threshold is { } one ? (one * perThreshold, (one + 1) * perThreshold) : (0, values.Length);
        var (sum, count) = (0.0, 0);
        for (var at = start + range; at < end; at += AreaRange.Coco.Count)
        {
            if (values[at] <= -1)
                continue;
            sum += values[at];
            count++;
        }
        return count == 0 ? -1 : sum / count;
    }

    private static double[] Filled(int length)
    {
        var values = new double[length];
        Array.Fill(values, -1);
        return values;
    }

    private static double[] Spaced(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        return [.. Enumerable.Range(0, count - 1).Select(index => first + index * step), last];
    }
}
