using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>What a network computes on one device: on the CPU in float64, so that numbers of different devices and types can be compared.</summary>
/// <param name="Outputs">Of the training network, in its order.</param>
/// <param name="Gradients">Of the input and each parameter, by name.</param>
/// <param name="Predictions">The main output of the network made ready for prediction, by type.</param>
internal sealed record NetworkNumbers(
    IReadOnlyList<Tensor> Outputs, IReadOnlyDictionary<string, Tensor> Gradients, IReadOnlyDictionary<ScalarType, Tensor> Predictions)
{
    private const long Seed = 1;

    /// <summary>Runs a network once forwards and backwards as training does, then as predictions do. Weights and input are the same on all devices.</summary>
    /// <param name="type">Of training: float32, or float64 for what the others are compared with.</param>
    /// <param name="predictionTypes">Each becomes one of <see cref="Predictions"/>.</param>
    public static NetworkNumbers Of(CheckedNetwork subject, Device device, ScalarType type, params ScalarType[] predictionTypes)
    {
        using var scope = NewDisposeScope();
        manual_seed(Seed);
        using var network = NetworkFactory.Create(subject.Config);
        network.to(device, type);
        TorchRuntime.Current.ChannelsLast(network);
        network.train();
        LeaveOutDropout(network);
        var input = TorchRuntime.Current.ChannelsLast(randn(subject.Shape).to(type, device)).requires_grad_();

        var outputs = network.CallWithAuxiliary(input);
        outputs.Select(Weighted).Aggregate((sum, next) => sum + next).backward();
        var gradients = network.named_parameters().Select(entry => (entry.name, gradient: entry.parameter.grad)).Append(("input", input.grad))
            .Where(entry => entry.Item2 is not null).ToDictionary(entry => entry.Item1, entry => Kept(entry.Item2!));

        network.eval();
        var predictions = predictionTypes.ToDictionary(wanted => wanted, wanted => Predicted(network, subject, device, wanted, input));
        return new([.. outputs.Select(Kept)], gradients, predictions);
    }

    /// <summary>A sum with fixed weights: each element of the output has its say in the gradients.</summary>
    private static Tensor Weighted(Tensor output)
    {
        var weights = (arange(output.numel(), ScalarType.Float64) * 0.7).sin().view(output.shape);   // drawn by no device's generator
        return (output * weights.to(output.dtype, output.device)).sum() / Math.Sqrt(output.numel());
    }

    private static Tensor Predicted(Network network, CheckedNetwork subject, Device device, ScalarType type, Tensor input)
    {
        // What the others are compared with is the network itself, neither folded nor fused.
        using var prepared = type == ScalarType.Float64 ? null : InferenceNetwork.Prepare(network, subject.Config, device, type);
        using var mode = inference_mode();
        return Kept((prepared ?? network).Predict(input.to_type(type)));
    }

    /// <summary>What is dropped is drawn by each device's own generator.</summary>
    private static void LeaveOutDropout(nn.Module network)
    {
        foreach (var module in network.modules().Where(module => module is TorchSharp.Modules.Dropout or TorchSharp.Modules.Dropout2d))
            module.eval();
    }

    private static Tensor Kept(Tensor numbers) => numbers.detach().to_type(ScalarType.Float64).cpu().contiguous().DetachFromDisposeScope();
}
