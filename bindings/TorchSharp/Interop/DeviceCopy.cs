namespace TorchSharp.Interop;

/// <summary>Tensors on their way to a device; to a GPU on a stream that serves copies alone, so that the GPU works on meanwhile.</summary>
public sealed unsafe class DeviceCopy : IDisposable
{
    private readonly torch.Tensor[] tensors;
    private nint handle;

    private DeviceCopy(torch.Tensor[] tensors, nint handle) => (this.tensors, this.handle) = (tensors, handle);

    ~DeviceCopy() => Free();

    /// <summary>Begins to copy; the thread does not wait where the sources lie in pinned memory.</summary>
    /// <param name="sources">To stay as they are until the device has done what it is given after <see cref="Wait"/>.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is no such device, or its memory is short.</exception>
    public static DeviceCopy Start(IReadOnlyList<torch.Tensor> sources, torch.Device device)
    {
        var (from, to) = (new nint[sources.Count], new nint[sources.Count]);
        for (var index = 0; index < from.Length; index++)
            from[index] = sources[index].Handle;
        nint copy;
        fixed (nint* f = from, t = to)
            NativeError.Check(NativeMethods.seg_copy_start(f, from.Length, (int)device.type, device.index, t, &copy));
        GC.KeepAlive(sources);
        return new([.. to.Select(tensor => new torch.Tensor(tensor).DetachFromDisposeScope())], copy);
    }

    /// <summary>The copies, to be used on this thread; the caller's. Not the thread waits for them, but what it gives the device from here on.</summary>
    public torch.Tensor[] Wait()
    {
        var handles = tensors.Select(tensor => tensor.Handle).ToArray();
        fixed (nint* first = handles)
            NativeError.Check(NativeMethods.seg_copy_wait(handle, first, handles.Length));
        GC.KeepAlive(this);
        return [.. tensors.Select(tensor => tensor.alias().DetachFromDisposeScope())];
    }

    public void Dispose()
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free() => NativeMethods.seg_copy_free(Interlocked.Exchange(ref handle, 0));
}
