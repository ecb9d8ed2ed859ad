using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>Calibrates a network for int8: sees which values its maps have.</summary>
/// <remarks>One thread at a time.</remarks>
public interface IActivationRecorder
{
    /// <summary>Runs the network on one more image.</summary>
    /// <param name="network">The forward pass of prediction, in float32 on the CPU: the same every time.</param>
    /// <param name="image">(1, 3, H, W).</param>
    /// <returns>The network's output.</returns>
    /// <exception cref="InputException">The network cannot be calibrated.</exception>
    Tensor Run(Func<Tensor, Tensor> network, Tensor image);

    /// <summary>What the images have shown.</summary>
    /// <exception cref="InputException">There was none.</exception>
    Int8Calibration Finish();
}
