using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>Tensors on their way to a device.</summary>
public interface IDeviceCopy : IDisposable
{
    /// <summary>
    /// The copies; the caller's. Not the thread waits for them, but what it gives the device from here on: so long the sources must stay as they are.
    /// </summary>
    Tensor[] Wait();
}
