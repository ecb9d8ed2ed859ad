using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>A loss that is a mean over pixels, in which those of each class count as much as the class weighs.</summary>
public abstract class WeightedLossTerm : LossTerm
{
    // By label, 256 of them; zero for labels that do not count.
    private readonly Tensor? weightOfLabel;

    /// <param name="classWeights">What a pixel of each class counts, 0 or more; null: all the same.</param>
    /// <param name="ignoreIndex">Label of pixels that do not count.</param>
    /// <param name="device">Where outputs and labels will lie.</param>
    protected WeightedLossTerm(IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device) : base(ignoreIndex)
    {
        if (classWeights is null)
            return;
        var byLabel = new float[256];
        for (var label = 0; label < classWeights.Count; label++)
            byLabel[label] = (float)classWeights[label];
        ClassWeights = Kept(byLabel[..classWeights.Count], device);
        byLabel[ignoreIndex] = 0;
        weightOfLabel = Kept(byLabel, device);
    }

    /// <summary>float32 (classes), or null: all count the same.</summary>
    protected Tensor? ClassWeights { get; }

    public override Tensor Mass(Tensor labels)
    {
        if (weightOfLabel is null)
            return base.Mass(labels);
        using var scope = NewDisposeScope();
        return WeightsOf(labels)!.sum(ScalarType.Float64).MoveToOuterDisposeScope();
    }

    public override void Dispose()
    {
        ClassWeights?.Dispose();
        weightOfLabel?.Dispose();
        base.Dispose();
    }

    /// <summary>What each pixel counts, 0 for ignored ones: float32, shaped as the labels; null where all that are not ignored count the same.</summary>
    protected Tensor? WeightsOf(Tensor labels)
    {
        using var scope = NewDisposeScope();
        return weightOfLabel?.index_select(0, labels.flatten().to_type(ScalarType.Int64)).view(labels.shape).MoveToOuterDisposeScope();
    }

    private static Tensor Kept(float[] values, Device device)
    {
        using var made = tensor(values);
        return made.to(device).alias().DetachFromDisposeScope();
    }
}
