namespace Seg.Predict.Views;

/// <summary>Of what the mean is taken where a network has seen a pixel several times: in windows, mirrored, at other scales.</summary>
public enum ViewAverage
{
    /// <summary>Of the probabilities, softmax(z) of each network output z. MMSegmentation averages mirror images and scales so.</summary>
    Probabilities,

    /// <summary>Of the outputs z themselves, and softmax after that. MMSegmentation averages windows so.</summary>
    Logits,

    /// <summary>
    /// Of exp(z), where z is the mean of a window's output and its mirror image's: <c>multi_scale_inference</c> of HRNet's authors. What
    /// the network is sure of counts more, as nothing brings the sums over the classes to 1 before.
    /// </summary>
    Exponentials,
}
