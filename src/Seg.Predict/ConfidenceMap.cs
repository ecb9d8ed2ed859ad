namespace Seg.Predict;

/// <summary>How sure a network is of each pixel of a <see cref="LabelMap"/>: the probability that softmax gives to its class.</summary>
public sealed class ConfidenceMap
{
    /// <param name="labels">Class ids, row by row.</param>
    /// <param name="probabilities">Of each pixel's class, 0–1, in the same order.</param>
    /// <exception cref="ArgumentException">There are more of one than of the other, or none.</exception>
    public ConfidenceMap(ReadOnlySpan<byte> labels, ReadOnlySpan<float> probabilities)
    {
        if (probabilities.Length != labels.Length || labels.IsEmpty)
            throw new ArgumentException($"{labels.Length} pixels cannot have {probabilities.Length} probabilities.", nameof(probabilities));
        Values = new byte[probabilities.Length];
        var sums = new double[256];
        for (var i = 0; i < probabilities.Length; i++)
        {
            sums[labels[i]] += probabilities[i];
            Values[i] = Rounded(probabilities[i]);
        }
        (Mean, MeanByClass) = Means(labels, sums);
    }

    /// <param name="values">As <see cref="Values"/>; kept, not copied.</param>
    /// <param name="sums">Of the probabilities, not rounded, of each class id's pixels.</param>
    internal ConfidenceMap(ReadOnlySpan<byte> labels, byte[] values, double[] sums)
    {
        Values = values;
        (Mean, MeanByClass) = Means(labels, sums);
    }

    /// <summary>255 · probability, rounded, row by row.</summary>
    public byte[] Values { get; }

    /// <summary>Mean of the probabilities over all pixels, not rounded, 0–1.</summary>
    public double Mean { get; }

    /// <summary>The same over the pixels of each class id, 0 to 255; not a number where there are none.</summary>
    public double[] MeanByClass { get; }

    /// <summary>255 · probability, rounded.</summary>
    internal static byte Rounded(float probability) => (byte)MathF.FusedMultiplyAdd(probability, 255, 0.5f);

    private static (double Mean, double[] ByClass) Means(ReadOnlySpan<byte> labels, double[] sums)
    {
        var counts = new int[256];
        foreach (var label in labels)
            counts[label]++;
        return (sums.Sum() / labels.Length, [.. sums.Zip(counts, (sum, count) => sum / count)]);
    }
}
