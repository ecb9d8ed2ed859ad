using Seg.Models;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>How far predicted keypoints lie from the true ones, over many persons, and the scores of it: PCK, AUC, EPE, NME.</summary>
/// <remarks>
/// <c>keypoint_pck_accuracy</c>, <c>keypoint_auc</c>, <c>keypoint_epe</c> and <c>keypoint_nme</c> of mmpose. PCKh is PCK with
/// <see cref="PixelScale.OfHead"/>, torso PCK that with <see cref="PixelScale.OfSegment"/>. Only labelled keypoints count.
/// </remarks>
/// <param name="keypoints">Keypoints of a person; at least 1.</param>
public sealed class KeypointErrors(int keypoints)
{
    /// <summary>What mmpose divides by where a scale is below 0.</summary>
    private const double ScaleBelowZero = 1e6;

    private readonly List<(double X, double Y)[]> offsets = [];     // of each person, in pixels; not a number where a keypoint is not labelled

    /// <summary>Persons so far.</summary>
    public int Persons => offsets.Count;

    /// <summary>Adds a person.</summary>
    /// <param name="predicted">In the frame of <paramref name="truth"/>; scores count nowhere.</param>
    /// <param name="truth">One for one.</param>
    /// <exception cref="ArgumentException">There are not as many of both as this counts.</exception>
    public void Add(ReadOnlySpan<Keypoint> predicted, ReadOnlySpan<LabelledKeypoint> truth)
    {
        if (predicted.Length != keypoints || truth.Length != keypoints)
            throw new ArgumentException($"{predicted.Length} predicted and {truth.Length} true keypoints are not {keypoints} each.", nameof(predicted));
        var person = new (double, double)[keypoints];
        for (var keypoint = 0; keypoint < keypoints; keypoint++)
        {
            person[keypoint] = truth[keypoint].IsLabelled
                ? ((double)predicted[keypoint].X - truth[keypoint].X, (double)predicted[keypoint].Y - truth[keypoint].Y)
                : (double.NaN, double.NaN);
        }
        offsets.Add(person);
    }

    /// <summary>Share of the labelled keypoints that lie within <paramref name="threshold"/> units of a person's scale.</summary>
    /// <param name="scales">One a person.</param>
    /// <param name="threshold">In units of the scale: 0.2 in PCK@0.2, 0.5 in PCKh@0.5.</param>
    /// <param name="bound">Whether a keypoint exactly at the threshold is right.</param>
    public PckScore Pck(IReadOnlyList<PixelScale> scales, double threshold, PckBound bound = PckBound.Exclusive)
    {
        int[] right = new int[keypoints], labelled = new int[keypoints];
        foreach (var (keypoint, distance) in Distances(scales))
        {
            labelled[keypoint]++;
            if (distance < threshold || (bound == PckBound.Inclusive && distance == threshold))
                right[keypoint]++;
        }
        return new([.. right.Zip(labelled, (hits, count) => count == 0 ? double.NaN : (double)hits / count)], labelled);
    }

    /// <summary>Area under the curve of PCK over its threshold: the mean at 0, 1/steps, … (steps − 1)/steps of a scale that all persons share.</summary>
    /// <param name="scale">In pixels; above 0.</param>
    /// <param name="steps">Thresholds; at least 1.</param>
    public double Auc(double scale, int steps = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        PixelScale[] scales = [.. Enumerable.Repeat(new PixelScale(scale), Persons)];
        return Enumerable.Range(0, steps).Average(step => Pck(scales, (double)step / steps).Mean);
    }

    /// <summary>End-point error: the mean distance of labelled keypoints in pixels; 0 where none is labelled.</summary>
    public double Epe() => MeanDistance([.. Enumerable.Repeat(new PixelScale(1), Persons)]);

    /// <summary>Normalised mean error: the mean distance of labelled keypoints in units of each person's scale; 0 where none counts.</summary>
    public double Nme(IReadOnlyList<PixelScale> scales) => MeanDistance(scales);

    private double MeanDistance(IReadOnlyList<PixelScale> scales) => Distances(scales).Select(entry => entry.Distance).DefaultIfEmpty(0).Average();

    private IEnumerable<(int Keypoint, double Distance)> Distances(IReadOnlyList<PixelScale> scales)
    {
        if (scales.Count != Persons)
            throw new ArgumentException($"{scales.Count} scales are not one for each of {Persons} persons.", nameof(scales));
        for (var person = 0; person < Persons; person++)
        {
            if (!scales[person].Counts)
                continue;
            double width = Positive(scales[person].X), height = Positive(scales[person].Y);
            for (var keypoint = 0; keypoint < keypoints; keypoint++)
            {
                var (x, y) = offsets[person][keypoint];
                if (!double.IsNaN(x))
                    yield return (keypoint, double.Hypot(x / width, y / height));
            }
        }
    }

    private static double Positive(double scale) => scale < 0 ? ScaleBelowZero : scale;
}
