using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>OpenCV's functions. What they do is in OpenCV's reference under the same names; what OpenCV refuses throws <see cref="OpenCVException"/>.</summary>
public static partial class Cv2
{
    /// <summary>OpenCV's version, such as "4.6.0".</summary>
    public static string? GetVersionString() => Marshal.PtrToStringUTF8(NativeMethods.ocv_version());

    /// <summary>How many threads OpenCV's own loops use; below 0 for its default.</summary>
    public static void SetNumThreads(int nThreads) => NativeMethods.Check(NativeMethods.ocv_set_num_threads(nThreads));

    public static int GetNumThreads()
    {
        NativeMethods.Check(NativeMethods.ocv_get_num_threads(out var threads));
        return threads;
    }

    private static MatHandle In(InputArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Handle;
    }

    private static MatHandle Out(OutputArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Handle;
    }

    private static MatHandle In(Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        return mat.Handle;
    }
}
