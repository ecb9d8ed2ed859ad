namespace OpenCvSharp.Internal;

/// <summary>An ocv_writer.</summary>
internal sealed class WriterHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ocv_writer_free(handle);
        return true;
    }
}
