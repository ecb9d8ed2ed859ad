using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial int ocv_arithmetic(
        ArithmeticOperation operation, MatHandle a, MatHandle b, MatHandle dst, MatHandle mask, double scale, int type);

    [LibraryImport(Library)]
    public static partial int ocv_bitwise(BitwiseOperation operation, MatHandle a, MatHandle b, MatHandle dst, MatHandle mask);

    [LibraryImport(Library)]
    public static partial int ocv_add_weighted(MatHandle a, double alpha, MatHandle b, double beta, double gamma, MatHandle dst, int type);

    [LibraryImport(Library)]
    public static partial int ocv_compare(MatHandle a, MatHandle b, MatHandle dst, CmpType comparison);

    [LibraryImport(Library)]
    public static partial int ocv_in_range(MatHandle src, MatHandle lower, MatHandle upper, MatHandle dst);

    [LibraryImport(Library)]
    public static partial int ocv_lut(MatHandle src, MatHandle table, MatHandle dst);

    [LibraryImport(Library)]
    public static partial int ocv_convert_scale_abs(MatHandle src, MatHandle dst, double alpha, double beta);

    [LibraryImport(Library)]
    public static partial int ocv_merge(nint* channels, int count, MatHandle dst);

    [LibraryImport(Library)]
    public static partial int ocv_extract_channel(MatHandle src, MatHandle dst, int channel);

    [LibraryImport(Library)]
    public static partial int ocv_insert_channel(MatHandle src, MatHandle dst, int channel);

    [LibraryImport(Library)]
    public static partial int ocv_flip(MatHandle src, MatHandle dst, FlipMode code);

    [LibraryImport(Library)]
    public static partial int ocv_rotate(MatHandle src, MatHandle dst, RotateFlags code);

    [LibraryImport(Library)]
    public static partial int ocv_transpose(MatHandle src, MatHandle dst);

    [LibraryImport(Library)]
    public static partial int ocv_concatenate(nint* mats, int count, MatHandle dst, int horizontal);

    [LibraryImport(Library)]
    public static partial int ocv_copy_make_border(
        MatHandle src, MatHandle dst, int top, int bottom, int left, int right, BorderTypes border, Scalar value);

    [LibraryImport(Library)]
    public static partial int ocv_count_non_zero(MatHandle src, out int count);

    [LibraryImport(Library)]
    public static partial int ocv_sum(MatHandle src, out Scalar sum);

    [LibraryImport(Library)]
    public static partial int ocv_mean(MatHandle src, MatHandle mask, out Scalar mean);

    [LibraryImport(Library)]
    public static partial int ocv_mean_std_dev(MatHandle src, MatHandle mask, out Scalar mean, out Scalar deviation);

    [LibraryImport(Library)]
    public static partial int ocv_min_max_loc(
        MatHandle src, MatHandle mask, out double min, out double max, out Point minAt, out Point maxAt);

    [LibraryImport(Library)]
    public static partial int ocv_norm(MatHandle a, MatHandle b, NormTypes type, MatHandle mask, out double norm);
}
