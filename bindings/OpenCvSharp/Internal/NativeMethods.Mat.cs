using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial int ocv_mat_new(out MatHandle mat);

    [LibraryImport(Library)]
    public static partial int ocv_mat_create(int rows, int cols, int type, out MatHandle mat);

    [LibraryImport(Library)]
    public static partial int ocv_mat_from_data(int rows, int cols, int type, nint data, long step, out MatHandle mat);

    [LibraryImport(Library)]
    public static partial void ocv_mat_free(nint mat);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void ocv_mat_describe(MatHandle mat, MatHeader* header);

    [LibraryImport(Library)]
    public static partial int ocv_mat_recreate(MatHandle mat, int rows, int cols, int type);

    [LibraryImport(Library)]
    public static partial int ocv_mat_region(MatHandle mat, Rect region, out MatHandle result);

    [LibraryImport(Library)]
    public static partial int ocv_mat_reshape(MatHandle mat, int channels, int rows, out MatHandle result);

    [LibraryImport(Library)]
    public static partial int ocv_mat_clone(MatHandle mat, out MatHandle result);

    [LibraryImport(Library)]
    public static partial int ocv_mat_copy_to(MatHandle mat, MatHandle dst, MatHandle mask);

    [LibraryImport(Library)]
    public static partial int ocv_mat_convert_to(MatHandle mat, MatHandle dst, int type, double alpha, double beta);

    [LibraryImport(Library)]
    public static partial int ocv_mat_set_to(MatHandle mat, MatHandle value, MatHandle mask);
}
