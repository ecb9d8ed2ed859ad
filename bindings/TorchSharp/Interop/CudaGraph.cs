namespace TorchSharp.Interop;

/// <summary>Work of a GPU that is recorded once and then done again by one call, and the stream that it is recorded on.</summary>
public sealed unsafe class CudaGraph : IDisposable
{
    private nint handle;

    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch or the machine has no CUDA, or not so many GPUs.</exception>
    public CudaGraph(torch.Device device)
    {
        nint graph;
        NativeError.Check(NativeMethods.seg_graph_new(device.index, &graph));
        handle = graph;
    }

    ~CudaGraph() => Free();

    /// <summary>Does some work on the graph's stream.</summary>
    public T WarmUp<T>(Func<T> work) => OnStream(work, capture: false);

    /// <summary>Records what some work gives the GPU, which does nothing of it yet; once a graph. The GPU must have nothing to do.</summary>
    /// <returns>What the work gives; the numbers of its tensors come with <see cref="Replay"/>.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The work does what cannot be recorded, such as reading a number back.</exception>
    public T Capture<T>(Func<T> work) => OnStream(work, capture: true);

    /// <summary>Does what was recorded, with what the same memory holds now.</summary>
    public void Replay()
    {
        NativeError.Check(NativeMethods.seg_graph_replay(handle));
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private T OnStream<T>(Func<T> work, bool capture)
    {
        NativeError.Check(NativeMethods.seg_graph_enter(handle, capture ? 1 : 0));
        T result;
        try
        {
            result = work();
        }
        catch
        {
            // What went wrong in the work says more than what came of it.
            _ = NativeMethods.seg_graph_leave(handle);
            throw;
        }
        NativeError.Check(NativeMethods.seg_graph_leave(handle));
        GC.KeepAlive(this);
        return result;
    }

    private void Free() => NativeMethods.seg_graph_free(Interlocked.Exchange(ref handle, 0));
}
