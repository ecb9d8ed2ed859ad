namespace Seg.Predict;

/// <summary>How sure a network is of each pixel of a <see cref="LabelMap"/>: the probability that softmax gives to the pixel's class.</summary>
public sealed class ConfidenceMap
{
    /// <param name="map">The classes.</param>
    /// <param name="probabilities">Of each pixel's class, 0–1, in the order of the map's labels.</param>
    /// <exception cref="ArgumentException">There are not as many as pixels.</exception>
    public ConfidenceMap(LabelMap map, ReadOnlySpan<float> probabilities)
    {
        if (probabilities.Length != map.Labels.Length)
            throw new ArgumentException($"A map of {map.Labels.Length} pixels has not {probabilities.Length} probabilities.", nameof(probabilities));
        (Width, Height, Values) = (map.Width, map.Height, new byte[probabilities.Length]);
        var sums = new double[256];
        for (var i = 0; i < probabilities.Length; i++)
        {
            sums[map.Labels[i]] += probabilities[i];
            Values[i] = (byte)MathF.FusedMultiplyAdd(probabilities[i], 255, 0.5f);
        }
        Mean = sums.Sum() / probabilities.Length;
        MeanByClass = [.. sums.Zip(map.Count(), (sum, count) => sum / count)];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>255 · probability, rounded, row by row.</summary>
    public byte[] Values { get; }

    /// <summary>Mean of the probabilities over all pixels, not rounded, 0–1.</summary>
    public double Mean { get; }

    /// <summary>The same over the pixels of each class id, 0 to 255; not a number where there are none.</summary>
    public double[] MeanByClass { get; }
}
