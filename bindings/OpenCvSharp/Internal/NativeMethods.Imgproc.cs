using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial int ocv_resize(MatHandle src, MatHandle dst, Size size, double fx, double fy, InterpolationFlags interpolation);

    [LibraryImport(Library)]
    public static partial int ocv_warp_affine(
        MatHandle src, MatHandle dst, MatHandle matrix, Size size, InterpolationFlags flags, BorderTypes border, Scalar value);

    [LibraryImport(Library)]
    public static partial int ocv_remap(
        MatHandle src, MatHandle dst, MatHandle map1, MatHandle map2, InterpolationFlags interpolation, BorderTypes border, Scalar value);

    [LibraryImport(Library)]
    public static partial int ocv_get_affine_transform(MatHandle from, MatHandle to, out MatHandle matrix);

    [LibraryImport(Library)]
    public static partial int ocv_get_rotation_matrix(Point2f center, double angle, double scale, out MatHandle matrix);

    [LibraryImport(Library)]
    public static partial int ocv_invert_affine_transform(MatHandle matrix, MatHandle dst);

    [LibraryImport(Library)]
    public static partial int ocv_cvt_color(MatHandle src, MatHandle dst, ColorConversionCodes code, int channels);

    [LibraryImport(Library)]
    public static partial int ocv_blur(MatHandle src, MatHandle dst, Size kernel, Point anchor, BorderTypes border);

    [LibraryImport(Library)]
    public static partial int ocv_gaussian_blur(MatHandle src, MatHandle dst, Size kernel, double sigmaX, double sigmaY, BorderTypes border);

    [LibraryImport(Library)]
    public static partial int ocv_median_blur(MatHandle src, MatHandle dst, int kernel);

    [LibraryImport(Library)]
    public static partial int ocv_sobel(
        MatHandle src, MatHandle dst, int depth, int dx, int dy, int kernel, double scale, double delta, BorderTypes border);

    [LibraryImport(Library)]
    public static partial int ocv_threshold(
        MatHandle src, MatHandle dst, double threshold, double maximum, ThresholdTypes type, out double usedThreshold);

    [LibraryImport(Library)]
    public static partial int ocv_morphology(
        MorphTypes operation, MatHandle src, MatHandle dst, MatHandle element, Point anchor, int iterations, BorderTypes border, Scalar value,
        int defaultValue);

    [LibraryImport(Library)]
    public static partial int ocv_get_structuring_element(MorphShapes shape, Size size, Point anchor, out MatHandle element);
}
