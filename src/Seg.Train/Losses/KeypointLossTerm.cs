using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>One loss of a pose network's output: a term of the sum that <see cref="KeypointLoss"/> makes.</summary>
public abstract class KeypointLossTerm : ILossTerm
{
    public double Weight { get; init; } = 1;

    /// <summary>The loss of one output, not yet multiplied by <see cref="Weight"/>.</summary>
    /// <param name="output">(N, K, …), of any floating-point type.</param>
    /// <param name="targets">float32, of the same shape: what the codec encodes.</param>
    /// <param name="weights">What each keypoint counts, float32 (N, K); 0 for those that are not labelled.</param>
    /// <returns>A float32 scalar, a mean over the N persons.</returns>
    public abstract Tensor Of(Tensor output, Tensor targets, Tensor weights);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>(output − targets) · weight, of each pixel of a heatmap: float32 (N, K, h, w).</summary>
    private protected static Tensor WeightedDifference(Tensor output, Tensor targets, Tensor weights) =>
        (output.to_type(ScalarType.Float32) - targets) * OfPixels(weights);

    /// <summary>Weights of keypoints as those of their pixels: (N, K, 1, 1).</summary>
    private protected static Tensor OfPixels(Tensor weights) => weights.unsqueeze(-1).unsqueeze(-1);
}
