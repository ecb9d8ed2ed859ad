using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>One loss of a network's output: a term of the sum that <see cref="SegmentationLoss"/> makes.</summary>
/// <param name="ignoreIndex">Label of pixels that do not count.</param>
public abstract class LossTerm(byte ignoreIndex) : ILossTerm
{
    public double Weight { get; init; } = 1;

    protected byte IgnoreIndex { get; } = ignoreIndex;

    /// <summary>The loss of one output, not yet multiplied by <see cref="Weight"/>.</summary>
    /// <param name="logits">(N, classes, h, w), of any floating-point type.</param>
    /// <param name="labels">uint8 (N, H, W); the logits are brought to their size by bilinear interpolation.</param>
    /// <returns>A float32 scalar; not a number where no pixel counts.</returns>
    public abstract Tensor Of(Tensor logits, Tensor labels, bool alignCorners);

    /// <summary>How many pixels count, each with its weight: a float64 scalar.</summary>
    public virtual Tensor Mass(Tensor labels)
    {
        using var scope = NewDisposeScope();
        return labels.ne(IgnoreIndex).sum().to_type(ScalarType.Float64).MoveToOuterDisposeScope();
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
