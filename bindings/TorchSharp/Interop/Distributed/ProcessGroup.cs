using System.Text;

namespace TorchSharp.Interop;

/// <summary>Processes that compute together: libtorch's c10d with Gloo, and NCCL for tensors on a GPU where the shim has it.</summary>
/// <remarks>
/// Every process makes the same calls in the same order; each call waits for all others. <see cref="Abort"/>, from another thread, makes them fail.
/// </remarks>
/// <exception cref="System.Runtime.InteropServices.ExternalException">From every call: another process is lost, or the group was aborted.</exception>
public sealed unsafe class ProcessGroup : IDisposable
{
    private long number;

    /// <param name="store">By which the processes find each other.</param>
    /// <param name="address">By which they reach this machine.</param>
    /// <param name="timeout">Of connecting, and of each call.</param>
    public ProcessGroup(KeyStore store, string address, int rank, int size, TimeSpan timeout)
    {
        long opened;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(address + '\0'))
            NativeError.Check(NativeMethods.seg_group_open(store.Handle, bytes, rank, size, (int)timeout.TotalMilliseconds, &opened));
        GC.KeepAlive(store);
        (number, Rank, Size) = (opened, rank, size);
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>What operators know the group by.</summary>
    public long Number => number != 0 ? number : throw new ObjectDisposedException(nameof(ProcessGroup));

    /// <summary>Adds the processes' tensors up, in place: float32, float64, int32 or int64.</summary>
    public void Sum(torch.Tensor tensor)
    {
        NativeError.Check(NativeMethods.seg_group_sum(Number, tensor.Handle));
        GC.KeepAlive(tensor);
    }

    /// <summary>Each process's tensor, of one shape and type: (Size, …).</summary>
    public torch.Tensor Gather(torch.Tensor tensor)
    {
        nint all;
        NativeError.Check(NativeMethods.seg_group_gather(Number, tensor.Handle, &all));
        GC.KeepAlive(tensor);
        return new torch.Tensor(all);
    }

    /// <summary>Copies one process's tensors into all others', which have the same shapes and types.</summary>
    public void Broadcast(IReadOnlyList<torch.Tensor> tensors, int source)
    {
        var handles = tensors.Select(tensor => tensor.Handle).ToArray();
        fixed (nint* first = handles)
            NativeError.Check(NativeMethods.seg_group_broadcast(Number, first, handles.Length, source));
        GC.KeepAlive(tensors);
    }

    /// <summary>Makes every call that waits in this group, or will, fail with this message.</summary>
    public void Abort(string reason)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(reason + '\0'))
            NativeError.Check(NativeMethods.seg_group_abort(Number, bytes));
    }

    public void Dispose() => NativeMethods.seg_group_close(Interlocked.Exchange(ref number, 0));
}
