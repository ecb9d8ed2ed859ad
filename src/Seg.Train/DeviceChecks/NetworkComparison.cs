using Seg.Models.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>
/// Compares a network's numbers on a device with those of the CPU in float64, of plain operators. How far the CPU's own float32 is from these says how
/// well conditioned the network is, and so how far another device's may be.
/// </summary>
internal static class NetworkComparison
{
    /// <summary>A device may be so many times as far from the truth as the CPU's float32: it adds in another order.</summary>
    private const double Leeway = 10;

    /// <summary>Errors that are always allowed.</summary>
    private const double LeastOutput = 1e-3, LeastGradient = 0.05;

    /// <summary>
    /// Through a whole network rounding moves some activations over ReLU's kink, and the gradient of each of these jumps; a wrong one is off by 1.
    /// </summary>
    private const double LeastNetworkGradient = 0.2;

    /// <param name="device">What to check; the CPU is compared with its own float64.</param>
    public static DeviceFinding Run(CheckedNetwork subject, Device device)
    {
        using var scope = NewDisposeScope();
        var isGpu = device.type == DeviceType.CUDA;
        ScalarType[] types = isGpu ? [ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16] : [ScalarType.Float32, ScalarType.BFloat16];
        var truth = NetworkNumbers.Of(subject, CPU, ScalarType.Float64, ScalarType.Float64);
        var processor = NetworkNumbers.Of(subject, CPU, ScalarType.Float32, isGpu ? [ScalarType.Float32] : types);
        var there = isGpu ? NetworkNumbers.Of(subject, device, ScalarType.Float32, types) : processor;
        var right = truth.Predictions[ScalarType.Float64];
        var leastGradient = subject.Config is BlockModelConfig ? LeastGradient : LeastNetworkGradient;

        return new DeviceFinding(subject.Name, subject.Shape,
        [
            new("output", Outputs(there, truth), Limit(LeastOutput, Outputs(processor, truth))),
            new("gradient", Gradients(there, truth), Limit(leastGradient, Gradients(processor, truth))),
            .. there.Predictions.Select(entry => new DeviceError(
                $"prediction_{TrainingPrecision.NameOf(entry.Key)}", Error(entry.Value, right),
                entry.Key == ScalarType.Float32
                    ? Limit(LeastOutput, Error(processor.Predictions[ScalarType.Float32], right))
                    : ShortLimit(entry.Key))),
        ]);

        // The CPU cannot be measured by itself: there only the least is allowed.
        double Limit(double least, double ofProcessor) => isGpu ? Math.Max(least, Leeway * ofProcessor) : least;
    }

    /// <summary>Of types whose numbers have 8 and 11 significant bits: through a hundred layers they lose a few more.</summary>
    private static double ShortLimit(ScalarType type) => type == ScalarType.BFloat16 ? 0.1 : 0.02;

    private static double Outputs(NetworkNumbers found, NetworkNumbers truth) => found.Outputs.Zip(truth.Outputs, Error).Max();

    /// <summary>The worst of all parameters; the gradients of some are zero but for rounding, and are measured by a thousandth of the largest.</summary>
    private static double Gradients(NetworkNumbers found, NetworkNumbers truth)
    {
        var least = truth.Gradients.Values.Max(Norm) / 1000;
        return truth.Gradients.Max(entry => found.Gradients.TryGetValue(entry.Key, out var gradient)
            ? Distance(gradient, entry.Value) / Math.Max(least, Norm(entry.Value))
            : double.PositiveInfinity);
    }

    private static double Error(Tensor found, Tensor truth) => Distance(found, truth) / Norm(truth);

    private static double Distance(Tensor found, Tensor truth)
    {
        using var difference = found - truth;
        return Norm(difference);
    }

    private static double Norm(Tensor numbers)
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt((numbers * numbers).sum().item<double>());
    }
}
