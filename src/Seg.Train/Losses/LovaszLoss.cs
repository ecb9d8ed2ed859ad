using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// Lovász-softmax: the Lovász extension of one less the IoU of each class, averaged over the classes that the labels show (Berman, Rannen Triki and
/// Blaschko, "The Lovász-Softmax loss", CVPR 2018, arXiv:1705.08790).
/// </summary>
/// <remarks>
/// It is linear in the probabilities as long as no two pixels change places in the order of their errors. So the gradient with respect to them follows
/// from sorting alone, and the probabilities of the batch are in memory once.
/// </remarks>
/// <param name="perImage">Whether each image has a loss of its own, whose mean is taken.</param>
/// <param name="ignoreIndex">Label of pixels that do not count.</param>
public sealed class LovaszLoss(bool perImage, byte ignoreIndex) : LossTerm(ignoreIndex)
{
    public override Tensor Of(Tensor logits, Tensor labels, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var plain = logits.detach().to_type(ScalarType.Float32);
        var (images, size) = (labels.shape[0], perImage ? 1 : labels.shape[0]);
        var values = new List<Tensor>();
        var gradients = new List<Tensor>();
        for (long first = 0; first < images; first += size)
        {
            var (value, gradient) = OfGroup(plain.narrow(0, first, size), labels.narrow(0, first, size), alignCorners, logits.requires_grad);
            values.Add(value);
            if (gradient is not null)
                gradients.Add(gradient);
        }
        // An image without a labelled pixel has no loss, and does not count; a batch of such images is not a number.
        var losses = stack(values);
        var count = losses.isnan().logical_not().sum();
        var mean = (losses.nan_to_num().sum() / count).to_type(ScalarType.Float32);
        if (gradients.Count > 0)
            mean = ImageGradients.Attach(mean, logits, cat(gradients, 0) / count);
        return mean.MoveToOuterDisposeScope();
    }

    /// <summary>The loss of some images taken together, float64, and its gradient with respect to their logits.</summary>
    private (Tensor Value, Tensor? Gradient) OfGroup(Tensor logits, Tensor labels, bool alignCorners, bool wantsGradient)
    {
        using var scope = NewDisposeScope();
        long images = labels.shape[0], height = labels.shape[1], width = labels.shape[2], pixels = height * width;
        var slopes = empty([logits.shape[1], images * pixels], ScalarType.Float32, logits.device);   // at first the probabilities
        for (var index = 0; index < images; index++)
        {
            using var probabilities = ImageGradients.Probabilities(logits.narrow(0, index, 1), height, width, alignCorners);
            OfImage(index).copy_(probabilities);
        }
        var losses = TorchRuntime.Current.LovaszSlopes(slopes, labels.flatten(), IgnoreIndex);
        var classes = losses.isnan().logical_not().sum();
        var value = (losses.nan_to_num().sum() / classes).MoveToOuterDisposeScope();
        if (!wantsGradient)
            return (value, null);
        var gradient = ImageGradients.Of(
            logits, (image, index) => (ImageGradients.Probabilities(image, height, width, alignCorners) * OfImage(index)).sum());
        return (value, (gradient / classes.clamp(min: 1)).MoveToOuterDisposeScope());

        Tensor OfImage(int index) => slopes.narrow(1, index * pixels, pixels);
    }
}
