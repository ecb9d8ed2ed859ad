namespace OpenCvSharp.Internal;

/// <summary>An ocv_capture.</summary>
internal sealed class CaptureHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ocv_capture_free(handle);
        return true;
    }
}
