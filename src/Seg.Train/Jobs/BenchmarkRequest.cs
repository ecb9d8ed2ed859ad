using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>A network, to be timed.</summary>
public sealed record BenchmarkRequest
{
    /// <summary>Config, name of one, or model file.</summary>
    public required string Model { get; init; }

    /// <summary>Changes to the config, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>C x H x W of one image; null: the network's usual size.</summary>
    public IReadOnlyList<long>? Input { get; init; }

    /// <summary>Images a run; 1 or more.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Times a training step (forward, loss, backward, optimizer) instead of a prediction's forward pass.</summary>
    public bool Train { get; init; }

    /// <summary>Makes the training step a CUDA graph.</summary>
    public bool CudaGraphs { get; init; }

    public Device Device { get; init; } = CPU;

    /// <summary>
    /// Auto is bfloat16 where the device computes in it natively. Int8 takes the model file's calibration; without one, that of the random image, for the time
    /// does not depend on it.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>When a forward pass on the CPU is compiled into a plan; Auto as predictions do it.</summary>
    public Compilation Compilation { get; init; }

    /// <summary>Runs before the timed ones, which caches and the processor's clock need.</summary>
    public int WarmUp { get; init; } = 5;

    /// <summary>Timed runs; 1 or more.</summary>
    public int Runs { get; init; } = 30;
}
