using Seg.Models;
using Seg.Models.Configuration;
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
    /// <exception cref="InputException">The model, the device or the processor has not what int8 needs.</exception>
    public PredictionNetwork(Network network, ModelDescription description, PredictorOptions options)
    {
        (device, type) = (options.Device, options.Precision.ToScalarType(options.Device));
        var calibration = options.Precision == Precision.Int8 ? CalibrationOf(description, options) : null;
        this.network = new CompilingNetwork(network, description.Model, device, type, options.Compilation, calibration)
        {
            // One for each scale, or the first would be gone when the next image comes.
            PlansKept = Math.Max(CompilingNetwork.MostPlans, options.Views.Scales.Length),
            Told = options.Told,
            Recorder = options.Recorder,
        };
    }

    /// <inheritdoc cref="Network.AlignCorners"/>
    public bool AlignCorners => network.AlignCorners;

    /// <summary>The network's main output, on its device and of its precision.</summary>
    /// <param name="images">float32 (N, 3, H, W), on any device.</param>
    public Tensor Predict(Tensor images)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Network);
        return network.Predict(images.to(type).to(device));
    }

    /// <summary>All of the network's outputs, in its order.</summary>
    /// <param name="images">float32 (N, 3, H, W), on any device.</param>
    public Tensor[] PredictAll(Tensor images)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Network);
        return network.PredictAll(images.to(type).to(device));
    }

    private static Int8Calibration CalibrationOf(ModelDescription description, PredictorOptions options)
    {
        if (options.Device.type != TorchSharp.DeviceType.CPU)
            throw new InputException($"The precision int8 is for the processor, not for {options.Device}; take --device cpu, or another precision.");
        if (options.Compilation == Compilation.Never)
            throw new InputException("Only compiled networks compute in int8; leave out what says that they are not to be compiled, or take another precision.");
        if (!TorchRuntime.Current.HasInt8)
            throw new InputException("This processor has not the instructions that int8 needs (AVX512_VNNI), or these bindings do not; take --precision auto.");
        if (description.Model is BottomUpPoseConfig)
            throw new InputException("int8 is for segmentation and top-down pose models, not for bottom-up ones; take another precision.");
        return description.Calibration ?? throw new InputException(
            "The model is not calibrated for int8. Make one that is with 'seg calibrate MODEL --data DIR --out MODEL_int8.safetensors', and give that.");
    }

    public void Dispose() => network.Dispose();
}
