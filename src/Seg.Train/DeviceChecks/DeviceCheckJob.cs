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
            trainings.Add(Train(request, type, cancellation));
            trained?.Invoke(trainings[^1]);
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

    private static TrainingFinding Train(DeviceCheckRequest request, ScalarType type, CancellationToken cancellation) =>
        request.Device.type == DeviceType.CUDA && !request.Quick
            ? TrainingCheck.Run(request.Device, type, request.Steps ?? 100, batch: 8, (256, 512), cancellation)
            : TrainingCheck.Run(request.Device, type, request.Steps ?? 12, batch: 2, (64, 96), cancellation);

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
