using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// One less the Dice coefficient of each class, averaged over the classes that the labels show (Milletari et al., "V-Net", arXiv:1606.04797; Sudre et
/// al., arXiv:1707.03237).
/// </summary>
/// <remarks>
/// With p the probability of class k at a pixel and t whether the pixel is of it: 1 − (2 Σ p t + s) / (Σ p + Σ t + s), or Σ p² in place of Σ p.
/// The sums are over the pixels of the batch, or of each image.
/// </remarks>
/// <param name="squared">Whether the probabilities are squared in the denominator.</param>
/// <param name="smooth">s, in pixels.</param>
/// <param name="perImage">Whether each image has a loss of its own, whose mean is taken.</param>
/// <param name="ignoreIndex">Label of pixels that do not count.</param>
public sealed class DiceLoss(bool squared, double smooth, bool perImage, byte ignoreIndex) : LossTerm(ignoreIndex)
{
    // Rows of a class's sums.
    private const int Overlap = 0, Predicted = 1, True = 2;

    public override Tensor Of(Tensor logits, Tensor labels, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var plain = logits.detach().to_type(ScalarType.Float32);
        var sums = stack(Enumerable.Range(0, (int)logits.shape[0]).Select(index => SumsOf(plain.narrow(0, index, 1), index)).ToArray())
            .detach().requires_grad_(true);                                        // (N, 3, classes)
        Tensor value;
        using (enable_grad())
            value = FromSums(sums);
        var slopes = autograd.grad([value], [sums])[0];
        value = value.detach().to_type(ScalarType.Float32);
        if (!logits.requires_grad)
            return value.MoveToOuterDisposeScope();
        // The loss depends on the images through their sums alone, so each image's gradient follows from its own.
        var gradient = ImageGradients.Of(plain, (image, index) => (SumsOf(image, index) * slopes[index]).sum());
        return ImageGradients.Attach(value, logits, gradient).MoveToOuterDisposeScope();

        Tensor SumsOf(Tensor image, int index) => Sums(image, labels[index], alignCorners);
    }

    /// <param name="sums">float64 (N, 3, classes).</param>
    private Tensor FromSums(Tensor sums)
    {
        var groups = perImage ? sums : sums.sum([0], keepdim: true);
        var (overlap, predicted, actual) = (groups.select(1, Overlap), groups.select(1, Predicted), groups.select(1, True));   // (N or 1, classes)
        var dice = (2 * overlap + smooth) / (predicted + actual + smooth);
        var present = actual.detach().gt(0).to_type(ScalarType.Float64);
        var classes = present.sum(1);
        // An image without a labelled pixel has no loss, and does not count; a batch of such images is not a number.
        var ofGroup = ((1 - dice) * present).sum(1) / classes.clamp(min: 1.0);
        return ofGroup.sum() / classes.gt(0).sum();
    }

    /// <summary>Sums over an image's pixels for each class: float64 (3, classes).</summary>
    private Tensor Sums(Tensor image, Tensor labels, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var probabilities = ImageGradients.Probabilities(image, labels.shape[0], labels.shape[1], alignCorners);   // (classes, P)
        var flat = labels.flatten();
        var counts = flat.ne(IgnoreIndex);
        var target = flat.to_type(ScalarType.Int64).masked_fill(counts.logical_not(), 0);
        var weights = counts.to_type(ScalarType.Float32);
        var none = zeros([probabilities.shape[0]], ScalarType.Float64, labels.device);
        var ofTarget = (probabilities.gather(0, target.unsqueeze(0)).squeeze(0) * weights).to_type(ScalarType.Float64);
        var overlap = none.index_add(0, target, ofTarget, 1);
        var actual = none.index_add(0, target, weights.to_type(ScalarType.Float64), 1);
        var predicted = ((squared ? probabilities.square() : probabilities) * weights).sum(1).to_type(ScalarType.Float64);
        return stack([overlap, predicted, actual]).MoveToOuterDisposeScope();
    }
}
