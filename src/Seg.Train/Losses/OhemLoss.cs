using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// Online hard example mining (Shrivastava et al., arXiv:1604.03540), as segmentation codes have it: cross-entropy over the pixels whose class has a
/// probability below a threshold, and over no fewer than a given number, the hardest.
/// </summary>
/// <remarks>
/// With class weights the mean is over the weights of the kept pixels, as in the plain cross-entropy; HRNet's code divides by their number. Pixels of
/// weight 0 are not among the hard ones.
/// </remarks>
/// <param name="threshold">Probability below which a pixel is hard.</param>
/// <param name="minKept">Pixels, for each image of a batch, that are kept in any case.</param>
/// <param name="classWeights">What a pixel of each class counts; null: all the same.</param>
/// <param name="ignoreIndex">Label of pixels that do not count.</param>
/// <param name="device">Where outputs and labels will lie.</param>
public sealed class OhemLoss(
    double threshold, int minKept, IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device)
    : WeightedLossTerm(classWeights, ignoreIndex, device)
{
    public override Tensor Of(Tensor logits, Tensor labels, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var easy = Easy(logits, labels, alignCorners);
        var hard = labels.masked_fill(easy, IgnoreIndex);
        return TorchRuntime.Current.UpsampledCrossEntropy(logits, hard, ClassWeights, IgnoreIndex, alignCorners).MoveToOuterDisposeScope();
    }

    /// <summary>Which pixels are left out: bool (N, H, W).</summary>
    private Tensor Easy(Tensor logits, Tensor labels, bool alignCorners)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var probability = TorchRuntime.Current.UpsampledLabelProbability(logits, labels, IgnoreIndex, alignCorners);
        var counts = WeightsOf(labels)?.gt(0) ?? labels.ne(IgnoreIndex);
        var candidates = probability.masked_select(counts);
        var kept = Math.Min(minKept * labels.shape[0], candidates.numel());
        if (kept == 0)
            return counts.logical_not().MoveToOuterDisposeScope();
        var hard = probability.lt(threshold).logical_and(counts);
        if (hard.sum().item<long>() < kept)
            hard = probability.le(candidates.kthvalue(kept, 0).values).logical_and(counts);
        return hard.logical_not().MoveToOuterDisposeScope();
    }
}
