namespace OpenCvSharp.Internal;

/// <summary>An ocv_mat.</summary>
internal sealed class MatHandle : NativeHandle
{
    private PinnedArray? memory;

    /// <summary>Stands for "no matrix" where a function takes an optional one.</summary>
    public static MatHandle None { get; } = new();

    /// <summary>The array that the pixels lie in, where they lie in one; pinned until the last matrix over it is freed.</summary>
    public PinnedArray? Memory
    {
        get => memory;
        set
        {
            value?.AddReference();
            memory = value;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.ocv_mat_free(handle);
        memory?.Release();
        return true;
    }
}
