namespace OpenCvSharp.Internal;

/// <summary>An ocv_contours.</summary>
internal sealed class ContoursHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ocv_contours_free(handle);
        return true;
    }
}
