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
        var counts = new int[256];
        for (var i = 0; i < probabilities.Length; i++)
        {
            sums[labels[i]] += probabilities[i];
            counts[labels[i]]++;
            Values[i] = (byte)MathF.FusedMultiplyAdd(probabilities[i], 255, 0.5f);
        }
        Mean = sums.Sum() / probabilities.Length;
        MeanByClass = [.. sums.Zip(counts, (sum, count) => sum / count)];
    }

    /// <summary>255 · probability, rounded, row by row.</summary>
    public byte[] Values { get; }

    /// <summary>Mean of the probabilities over all pixels, not rounded, 0–1.</summary>
    public double Mean { get; }

    /// <summary>The same over the pixels of each class id, 0 to 255; not a number where there are none.</summary>
    public double[] MeanByClass { get; }
}
