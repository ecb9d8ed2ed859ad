using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// Gradients of losses that need the probabilities of all classes at the labels' size, taken image by image: so that no more than one image's large
/// maps are in memory, instead of several for each image of the batch.
/// </summary>
internal static class ImageGradients
{
    /// <summary>The gradient of a sum over images with respect to the logits.</summary>
    /// <param name="logits">float32 (N, classes, h, w), outside any graph.</param>
    /// <param name="ofImage">From an image's logits (1, classes, h, w) and its number to a scalar.</param>
    public static Tensor Of(Tensor logits, Func<Tensor, int, Tensor> ofImage)
    {
        using var scope = NewDisposeScope();
        using var withGradient = enable_grad();
        var gradients = new Tensor[logits.shape[0]];
        for (var index = 0; index < gradients.Length; index++)
        {
            using var imageScope = NewDisposeScope();
            var image = logits.narrow(0, index, 1).detach().requires_grad_(true);
            gradients[index] = autograd.grad([ofImage(image, index)], [image])[0].MoveToOuterDisposeScope();
        }
        return cat(gradients, 0).MoveToOuterDisposeScope();
    }

    /// <summary>A scalar with a given value and a given gradient with respect to the logits.</summary>
    public static Tensor Attach(Tensor value, Tensor logits, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var large = logits.to_type(ScalarType.Float32);
        // The difference is 0, exactly, unless a logit is no finite number: then neither is the loss.
        return (value + ((large - large.detach()) * gradient).sum()).MoveToOuterDisposeScope();
    }

    /// <summary>Softmax of an image's logits at the labels' size: (classes, H · W).</summary>
    public static Tensor Probabilities(Tensor image, long height, long width, bool alignCorners)
    {
        using var scope = NewDisposeScope();
        var large = nn.functional.interpolate(image, [height, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
        return large.softmax(1).view(image.shape[1], height * width).MoveToOuterDisposeScope();
    }
}
