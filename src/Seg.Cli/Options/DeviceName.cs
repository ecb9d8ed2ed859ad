using System.Globalization;
using Seg.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Cli.Options;

/// <summary>What <c>--device</c> may say.</summary>
internal static class DeviceName
{
    /// <param name="name">auto, cpu, cuda or cuda:N; null: auto.</param>
    /// <param name="localRank">Of several processes on this machine, which one this is: it takes the GPU of this number where none is named.</param>
    /// <param name="gpus">GPUs that libtorch sees.</param>
    /// <exception cref="InputException">It is not known, or not there.</exception>
    public static Device Find(string? name, int localRank, int gpus)
    {
        switch (name)
        {
            case null or "auto":
                return gpus > 0 ? new Device(DeviceType.CUDA, localRank % gpus) : CPU;
            case "cpu":
                return CPU;
        }
        var index = IndexOf(name) ?? localRank;
        if (gpus == 0)
        {
            throw new InputException(
                $"--device is '{name}', but libtorch {__version__} sees no GPU: it is built without CUDA, or no NVIDIA driver runs. " +
                "Use --device cpu, or a libtorch with CUDA (LIBTORCH_USE_PYTORCH=1, see docs/gpu.md).");
        }
        if (index < gpus)
            return new Device(DeviceType.CUDA, index);
        throw new InputException(name == "cuda"
            ? $"This is process {localRank + 1} of this machine, which has {Count(gpus)}: start at most one process for each GPU."
            : $"--device is '{name}', but this machine has {Count(gpus)}; use {(gpus == 1 ? "cuda:0" : $"cuda:0 to cuda:{gpus - 1}")}.");
    }

    private static string Count(int gpus) => gpus == 1 ? "1 GPU" : $"{gpus} GPUs";

    /// <summary>The number that is named; null where there is none.</summary>
    private static int? IndexOf(string name)
    {
        const string Numbered = "cuda:";
        if (name == "cuda")
            return null;
        return name.StartsWith(Numbered, StringComparison.Ordinal) &&
            int.TryParse(name.AsSpan(Numbered.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? index
                : throw new InputException($"--device is '{name}'; it can be auto, cpu, cuda or cuda:N.");
    }
}
