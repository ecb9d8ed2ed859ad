namespace TorchSharp.Interop;

/// <summary>
/// Adds gradients up over the processes of a group, in buckets, while backward still runs: as PyTorch's DistributedDataParallel does
/// (Li et al., arXiv:2006.15704), but without dividing by their number.
/// </summary>
public sealed unsafe class GradientReducer : IDisposable
{
    private nint handle;

    /// <param name="parameters">Leaves that require gradients, the same in all processes.</param>
    /// <param name="firstBytes">Of the first bucket: a small one is soon on its way.</param>
    /// <param name="bucketBytes">Of all others.</param>
    public GradientReducer(ProcessGroup group, IEnumerable<torch.Tensor> parameters, long firstBytes, long bucketBytes)
    {
        torch.Tensor[] all = [.. parameters];
        var handles = all.Select(parameter => parameter.Handle).ToArray();
        nint made;
        fixed (nint* first = handles)
            NativeError.Check(NativeMethods.seg_reducer_new(group.Number, first, handles.Length, firstBytes, bucketBytes, &made));
        GC.KeepAlive(all);
        handle = made;
    }

    ~GradientReducer() => Free();

    private nint Valid => handle != 0 ? handle : throw new ObjectDisposedException(nameof(GradientReducer));

    /// <summary>The next backward is the last of a step.</summary>
    public void Arm() => NativeError.Check(NativeMethods.seg_reducer_arm(Valid));

    /// <summary>Waits, after that backward, for the sums: they are the gradients then. A parameter that no process used stays without one.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">A process is lost, or the group was aborted.</exception>
    public void Finish() => NativeError.Check(NativeMethods.seg_reducer_finish(Valid));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Interlocked.Exchange(ref handle, 0) is var made and not 0)
            NativeMethods.seg_reducer_free(made);
    }
}
