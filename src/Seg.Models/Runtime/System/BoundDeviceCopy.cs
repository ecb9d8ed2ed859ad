using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>A copy on a stream of its own.</summary>
internal sealed class BoundDeviceCopy(DeviceCopy copy) : IDeviceCopy
{
    public Tensor[] Wait() => copy.Wait();

    public void Dispose() => copy.Dispose();
}
