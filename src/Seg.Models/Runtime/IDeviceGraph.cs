using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>Work of a GPU that is recorded once and then done again by one call: a CUDA graph.</summary>
public interface IDeviceGraph : IDisposable
{
    /// <summary>Does some work as it will be recorded: libraries of a GPU choose and set up what they need in the first runs.</summary>
    Tensor WarmUp(Func<Tensor> work);

    /// <summary>
    /// Records what some work gives the GPU, which does nothing of it yet; once a graph. The memory that it reads and writes is that of every replay.
    /// </summary>
    /// <returns>What the work gives; its numbers come with <see cref="Replay"/>.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The work does what cannot be recorded, such as reading a number back.</exception>
    Tensor Capture(Func<Tensor> work);

    /// <summary>Does what was recorded, with what the same memory holds now.</summary>
    void Replay();
}
