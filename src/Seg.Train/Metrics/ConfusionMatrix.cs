using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Imaging;

namespace Seg.Train.Metrics;

/// <summary>How many pixels of each class were predicted as which class, and the scores that follow from it.</summary>
/// <remarks>
/// The rules are those of cityscapesScripts (evalPixelLevelSemanticLabeling.py): pixels with the ignore index in the truth count nowhere.
/// A prediction that is none of the classes is a miss of the true class and a false alarm of none. A class that neither truth nor
/// predictions have is not a number and left out of means.
/// </remarks>
public sealed class ConfusionMatrix
{
    private readonly int classes;
    private readonly byte ignoreIndex;
    private readonly long[] counts = new long[256 * 256];      // truth · 256 + prediction: no value needs a check while counting

    /// <param name="classes">Classes have the ids 0 … classes − 1; 1 to 256 of them.</param>
    /// <param name="ignoreIndex">Truth of pixels that do not count, even where it is below <paramref name="classes"/>.</param>
    public ConfusionMatrix(int classes, byte ignoreIndex = 255)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 256);
        (this.classes, this.ignoreIndex) = (classes, ignoreIndex);
    }

    /// <summary>All counts, for sums over several matrices of the same classes: truth · 256 + prediction.</summary>
    internal long[] Counts => counts;

    /// <summary>Pixels of class <paramref name="truth"/> that were predicted as <paramref name="prediction"/>.</summary>
    public long this[int truth, int prediction] => truth == ignoreIndex ? 0 : counts[truth * 256 + prediction];

    /// <summary>Pixels that count.</summary>
    public long Pixels => Sum(truth => Truth(truth));

    /// <summary>Share of the counted pixels with the right class, 0–1.</summary>
    public double PixelAccuracy => (double)Sum(id => this[id, id]) / Pixels;

    /// <summary>Mean of <see cref="ClassAccuracy"/> over the classes that the truth has.</summary>
    public double MeanAccuracy => Mean(ClassAccuracy);

    /// <summary>Mean of <see cref="ClassIoU"/> over the classes that truth or predictions have.</summary>
    public double MeanIoU => Mean(ClassIoU);

    /// <summary>Mean of <see cref="ClassIoU"/>, each class weighted by its pixels in the truth.</summary>
    public double FrequencyWeightedIoU =>
        Enumerable.Range(0, classes).Where(id => Truth(id) > 0).Sum(id => ClassIoU(id) * Truth(id)) / Pixels;

    /// <summary>Intersection over union of one class, 0–1; not a number where neither truth nor predictions have it.</summary>
    public double ClassIoU(int id) => (double)this[id, id] / (Truth(id) + Predicted(id) - this[id, id]);

    /// <summary>Share of a class's pixels that were found, 0–1; not a number where the truth has none.</summary>
    public double ClassAccuracy(int id) => (double)this[id, id] / Truth(id);

    /// <summary>
    /// Intersection over union of a group of classes taken for one, as of Cityscapes' categories: classes of the group that are mistaken for
    /// each other count as right. Not a number where neither truth nor predictions have any of them.
    /// </summary>
    public double GroupIoU(IReadOnlyCollection<int> group)
    {
        var right = group.Sum(truth => group.Sum(prediction => this[truth, prediction]));
        var found = Sum(truth => group.Contains(truth) ? 0 : group.Sum(prediction => this[truth, prediction]));
        return (double)right / (group.Sum(Truth) + found);
    }

    /// <summary>Counts one image.</summary>
    /// <param name="truth">CV_8UC1 of the prediction's size.</param>
    public void Add(LabelMap prediction, Mat truth)
    {
        if (truth.Type() != MatType.CV_8UC1 || truth.Cols != prediction.Width || truth.Rows != prediction.Height)
        {
            throw new ArgumentException($"The labels are {truth.Type()} of {truth.Cols} x {truth.Rows}, not CV_8UC1 of the prediction's " +
                $"{prediction.Width} x {prediction.Height}.", nameof(truth));
        }
        for (var y = 0; y < truth.Rows; y++)
        {
            ReadOnlySpan<byte> row = truth.RowBytes(y);
            Count(prediction.Labels.AsSpan(y * prediction.Width, prediction.Width), row);
        }
        GC.KeepAlive(truth);
        RequireKnownTruth();
    }

    /// <summary>Counts pixels, one of each span after the other.</summary>
    /// <exception cref="ArgumentException">
    /// There are more of one than of the other, or the truth has a value that is neither a class nor the ignore index.
    /// </exception>
    public void Add(ReadOnlySpan<byte> prediction, ReadOnlySpan<byte> truth)
    {
        if (prediction.Length != truth.Length)
        {
            throw new ArgumentException(
                $"{prediction.Length} predictions cannot be compared with {truth.Length} labels.", nameof(prediction));
        }
        Count(prediction, truth);
        RequireKnownTruth();
    }

    /// <summary>Adds another matrix's pixels, which has as many classes and the same ignore index.</summary>
    public void Add(ConfusionMatrix other)
    {
        if (other.classes != classes || other.ignoreIndex != ignoreIndex)
            throw new ArgumentException("The matrices are of different classes.", nameof(other));
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
    }

    private void Count(ReadOnlySpan<byte> prediction, ReadOnlySpan<byte> truth)
    {
        // Label maps are mostly flat: where 8 neighbours agree in both, they are counted at once.
        const ulong each = 0x0101010101010101;
        var predictions = MemoryMarshal.Cast<byte, ulong>(prediction);
        var truths = MemoryMarshal.Cast<byte, ulong>(truth);
        for (var i = 0; i < predictions.Length; i++)
        {
            ulong eightPredictions = predictions[i], eightTruths = truths[i];
            if (eightPredictions == (eightPredictions & 255) * each && eightTruths == (eightTruths & 255) * each)
            {
                counts[(int)(eightTruths & 255) * 256 + (int)(eightPredictions & 255)] += 8;
                continue;
            }
            for (var shift = 0; shift < 64; shift += 8)
                counts[(byte)(eightTruths >> shift) * 256 + (byte)(eightPredictions >> shift)]++;
        }
        for (var i = predictions.Length * 8; i < prediction.Length; i++)
            counts[truth[i] * 256 + prediction[i]]++;
    }

    private void RequireKnownTruth()
    {
        for (var id = classes; id < 256; id++)
        {
            if (id != ignoreIndex && counts.AsSpan(id * 256, 256).ContainsAnyExcept(0))
            {
                throw new ArgumentException(
                    $"The labels hold {id}, which is neither one of {classes} classes nor the ignore index {ignoreIndex}.");
            }
        }
    }

    /// <summary>Pixels of a class in the truth; predictions that are no class included.</summary>
    private long Truth(int id)
    {
        long sum = 0;
        for (var prediction = 0; prediction < 256; prediction++)
            sum += this[id, prediction];
        return sum;
    }

    private long Predicted(int id) => Sum(truth => this[truth, id]);

    private long Sum(Func<int, long> ofClass)
    {
        long sum = 0;
        for (var id = 0; id < classes; id++)
            sum += ofClass(id);
        return sum;
    }

    private double Mean(Func<int, double> ofClass) =>
        Enumerable.Range(0, classes).Select(ofClass).Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();
}
