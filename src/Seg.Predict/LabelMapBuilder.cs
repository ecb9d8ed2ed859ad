using Seg.Predict.Views;

namespace Seg.Predict;

/// <summary>Gathers a label map, and how sure the network is of it, row by row.</summary>
/// <remarks>Several threads may add rows at a time.</remarks>
internal sealed class LabelMapBuilder(int width, int height, int classes, bool withConfidence)
{
    private readonly byte[] labels = new byte[checked(width * height)];
    private readonly byte[] confidence = new byte[withConfidence ? width * height : 0];
    private readonly double[] sums = new double[withConfidence ? height * classes : 0];   // of each row by itself, so that they add up in one order

    /// <param name="probabilities">Of the row's pixels, each filled up to whole vectors.</param>
    /// <param name="stride">Places of a pixel.</param>
    public void Add(int row, ReadOnlySpan<float> probabilities, int stride)
    {
        var ids = labels.AsSpan(row * width, width);
        for (var x = 0; x < ids.Length; x++)
        {
            (ids[x], var probability) = ScoreKernels.Best(probabilities.Slice(x * stride, stride));
            if (!withConfidence)
                continue;
            confidence[row * width + x] = ConfidenceMap.Rounded(probability);
            sums[row * classes + ids[x]] += probability;
        }
    }

    public LabelMap Build() =>
        new(width, height, labels) { Confidence = withConfidence ? new ConfidenceMap(labels, confidence, SumsByClass()) : null };

    private double[] SumsByClass()
    {
        var total = new double[256];
        for (var index = 0; index < sums.Length; index++)
            total[index % classes] += sums[index];
        return total;
    }
}
