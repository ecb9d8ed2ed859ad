using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Predict;

/// <summary>
/// A network as the predictors of every task run it: a copy made for prediction, with batch norms folded, channels innermost and weights in
/// the chosen precision, and on the CPU compiled into plans for the images' sizes.
/// </summary>
/// <remarks>Several threads may use it at a time; they share the processor's cores.</remarks>
internal sealed class PredictionNetwork : IDisposable
{
    private readonly CompilingNetwork network;
    private readonly Device device;
    private readonly ScalarType type;

    /// <param name="network">The trained network; left as it is.</param>
    public PredictionNetwork(Network network, ModelDescription description, PredictorOptions options)
    {
        (device, type) = (options.Device, options.Precision.ToScalarType(options.Device));
        this.network = new CompilingNetwork(network, description.Model, device, type, options.Compilation);
    }

    /// <inheritdoc cref="Network.AlignCorners"/>
    public bool AlignCorners => network.AlignCorners;

    /// <summary>The network's main output, on its device and of its precision.</summary>
    /// <param name="images">float32 (N, 3, H, W), on any device.</param>
    public Tensor Predict(Tensor images) => network.Predict(images.to(type).to(device));

    /// <summary>All of the network's outputs, in its order.</summary>
    /// <param name="images">float32 (N, 3, H, W), on any device.</param>
    public Tensor[] PredictAll(Tensor images) => network.PredictAll(images.to(type).to(device));

    public void Dispose() => network.Dispose();
}
