using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>A CUDA graph, recorded on a stream of its own.</summary>
internal sealed class BoundDeviceGraph(Device device) : IDeviceGraph
{
    private readonly CudaGraph graph = new(device);

    public Tensor WarmUp(Func<Tensor> work) => graph.WarmUp(work);

    public Tensor Capture(Func<Tensor> work)
    {
        cuda.synchronize(device);
        return graph.Capture(work);
    }

    public void Replay() => graph.Replay();

    public void Dispose() => graph.Dispose();
}
