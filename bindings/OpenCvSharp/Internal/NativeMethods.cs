using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace OpenCvSharp.Internal;

/// <summary>The functions of opencv_shim.h, which says what each does. A result of 0 is success; <see cref="Check"/> throws for the rest.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "opencv_shim";

    /// <exception cref="OpenCVException">The code says that the call failed; the message is OpenCV's.</exception>
    public static void Check(int code)
    {
        if (code != 0)
            ThrowLastError();
    }

    private static void ThrowLastError()
    {
        NativeError error;
        ocv_last_error(&error);
        throw new OpenCVException((ErrorCode)error.Code, Text(error.Function), Text(error.Message), Text(error.File), error.Line);

        static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
    }

    [LibraryImport(Library)]
    private static partial void ocv_last_error(NativeError* error);

    [LibraryImport(Library)]
    public static partial nint ocv_version();

    [LibraryImport(Library)]
    public static partial int ocv_set_num_threads(int threads);

    [LibraryImport(Library)]
    public static partial int ocv_get_num_threads(out int threads);

    private struct NativeError
    {
        public int Code;
        public int Line;
        public nint Message;
        public nint Function;
        public nint File;
    }
}
