namespace OpenCvSharp.Internal;

/// <summary>An ocv_buffer.</summary>
internal sealed class BufferHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ocv_buffer_free(handle);
        return true;
    }
}
