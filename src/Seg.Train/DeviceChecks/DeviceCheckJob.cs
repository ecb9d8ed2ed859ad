using Seg.Models;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>Checks that a device computes what the CPU computes, and that networks learn on it. What <c>seg check-device</c> does.</summary>
public static class DeviceCheckJob
{
    /// <param name="compared">Told of each network when it is done.</param>
    /// <param name="trained">Told of each training when it is done.</param>
    /// <exception cref="InputException">A network's name is not known.</exception>
    public static DeviceCheckReport Run(
        DeviceCheckRequest request, Action<DeviceFinding>? compared = null, Action<TrainingFinding>? trained = null, CancellationToken cancellation = default)
    {
        var findings = new List<DeviceFinding>();
        var runtime = TorchRuntime.Current;
        // TF32 would hide errors of its size; training has it on, as always.
        runtime.SetGpuArithmetic(tensorFloat32: false, tryAlgorithms: false);
        try
        {
            foreach (var subject in CheckedNetworks.Chosen(request.Quick, request.Only))
            {
                cancellation.ThrowIfCancellationRequested();
                findings.Add(NetworkComparison.Run(subject, request.Device));
                compared?.Invoke(findings[^1]);
            }
        }
        finally
        {
            runtime.SetGpuArithmetic(tensorFloat32: true, tryAlgorithms: true);
        }

        var trainings = new List<TrainingFinding>();
        foreach (var type in Types(request.Device).Where(_ => request.Steps != 0))
        {
            foreach (var finding in Train(request, type, cancellation))
            {
                trainings.Add(finding);
                trained?.Invoke(finding);
            }
        }
        return new DeviceCheckReport
        {
            Device = request.Device.ToString(),
            Runtime = runtime.Description,
            IsGpu = request.Device.type == DeviceType.CUDA,
            Findings = findings,
            Trainings = trainings,
        };
    }

    /// <summary>Without CUDA graphs and, on a GPU, with them.</summary>
    private static IEnumerable<TrainingFinding> Train(DeviceCheckRequest request, ScalarType type, CancellationToken cancellation)
    {
        var onGpu = request.Device.type == DeviceType.CUDA;
        var (steps, batch, size) = onGpu && !request.Quick ? (100, 8, (256, 512)) : (12, 2, (64, 96));
        var plain = TrainingCheck.Run(request.Device, type, request.Steps ?? steps, batch, size, cancellation);
        yield return plain;
        if (onGpu)
            yield return TrainingCheck.RunGraphed(plain, request.Device, type, batch, size, cancellation);
    }

    /// <summary>Float16 trains on a GPU alone; bfloat16 where there is autocast.</summary>
    private static IEnumerable<ScalarType> Types(Device device)
    {
        yield return ScalarType.Float32;
        if (TorchRuntime.Current.HasAutocast)
            yield return ScalarType.BFloat16;
        if (TorchRuntime.Current.HasAutocast && device.type == DeviceType.CUDA)
            yield return ScalarType.Float16;
    }
}
