using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Losses;

/// <summary>What a pixel of each class counts in a loss.</summary>
/// <param name="training">Its masks are read, once, where weights are to be balanced.</param>
public sealed class ClassWeights(ISegmentationDataset training, CancellationToken cancellation = default)
{
    /// <summary>Masks that are looked at to balance weights; more change the frequencies little, and each must be decoded.</summary>
    private const int MasksRead = 200;

    private const double UsualExponent = 0.5;

    private long[]? pixels;

    /// <summary>The weights that a config asks for; null where all classes count the same.</summary>
    public double[]? Of(PixelLossConfig config) => config.ClassWeights switch
    {
        ClassWeighting.None => null,
        ClassWeighting.List => config.WeightList,
        ClassWeighting.Balanced => Balanced(pixels ??= CountPixels(training, cancellation), config.BalanceExponent ?? UsualExponent),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.ClassWeights, null),
    };

    /// <summary>
    /// Weights in proportion to 1 / frequency^exponent, scaled so that a pixel counts 1 on average. The root by default, because weights of
    /// 1 / frequency make a network paint rare classes far too wide, which costs more IoU than it gains.
    /// </summary>
    /// <param name="pixels">Pixels of each class. A class without any gets the weight of the rarest one.</param>
    /// <param name="exponent">0 (all the same) to 1 (all classes count the same in all).</param>
    public static double[] Balanced(IReadOnlyList<long> pixels, double exponent = UsualExponent)
    {
        double total = pixels.Sum();
        if (total == 0)
            return [.. Enumerable.Repeat(1.0, pixels.Count)];
        var rarest = pixels.Where(count => count > 0).Min();
        var raw = pixels.Select(count => Math.Pow(total / Math.Max(count, rarest), exponent)).ToArray();
        var mean = raw.Zip(pixels, (weight, count) => weight * count).Sum() / total;
        return [.. raw.Select(weight => weight / mean)];
    }

    private static long[] CountPixels(ISegmentationDataset dataset, CancellationToken cancellation)
    {
        var pixels = new long[dataset.Labels.Count];
        var masks = Math.Min(dataset.Count, MasksRead);
        for (var index = 0; index < masks; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (image, labels) = dataset.Read((int)((long)index * dataset.Count / masks));   // spread evenly over the set
            using (image)
            using (labels)
            {
                for (var row = 0; row < labels.Rows; row++)
                    Count(labels.RowBytes(row), pixels, dataset.Labels.IgnoreIndex);
            }
        }
        return pixels;
    }

    private static void Count(ReadOnlySpan<byte> labels, long[] pixels, byte ignoreIndex)
    {
        foreach (var label in labels)
        {
            if (label < pixels.Length && label != ignoreIndex)
                pixels[label]++;
        }
    }
}
