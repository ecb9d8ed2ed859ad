using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>OpenCV's name for the middle of a kernel.</summary>
    private static readonly Point KernelCenter = new(-1, -1);

    /// <param name="dsize">Target size; all zero: the size times fx and fy.</param>
    public static void Resize(
        InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0, InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        NativeMethods.Check(NativeMethods.ocv_resize(In(src), Out(dst), dsize, fx, fy, interpolation));

    /// <param name="m">2 x 3 matrix from source to target points, or back with <see cref="InterpolationFlags.WarpInverseMap"/>.</param>
    public static void WarpAffine(
        InputArray src, OutputArray dst, InputArray m, Size dsize, InterpolationFlags flags = InterpolationFlags.Linear,
        BorderTypes borderMode = BorderTypes.Constant, Scalar? borderValue = null) =>
        NativeMethods.Check(NativeMethods.ocv_warp_affine(In(src), Out(dst), In(m), dsize, flags, borderMode, borderValue ?? default));

    public static void Remap(
        InputArray src, OutputArray dst, InputArray map1, InputArray map2, InterpolationFlags interpolation = InterpolationFlags.Linear,
        BorderTypes borderMode = BorderTypes.Constant, Scalar? borderValue = null) =>
        NativeMethods.Check(NativeMethods.ocv_remap(In(src), Out(dst), In(map1), In(map2), interpolation, borderMode, borderValue ?? default));

    /// <summary>The 2 x 3 matrix that takes three points to three others.</summary>
    public static Mat GetAffineTransform(IEnumerable<Point2f> src, IEnumerable<Point2f> dst)
    {
        using var from = InputArray.Create(src);
        using var to = InputArray.Create(dst);
        return GetAffineTransform(from, to);
    }

    /// <inheritdoc cref="GetAffineTransform(IEnumerable{Point2f}, IEnumerable{Point2f})"/>
    public static Mat GetAffineTransform(InputArray src, InputArray dst)
    {
        NativeMethods.Check(NativeMethods.ocv_get_affine_transform(In(src), In(dst), out var matrix));
        return new Mat(matrix);
    }

    /// <param name="angle">Degrees, counter-clockwise.</param>
    public static Mat GetRotationMatrix2D(Point2f center, double angle, double scale)
    {
        NativeMethods.Check(NativeMethods.ocv_get_rotation_matrix(center, angle, scale, out var matrix));
        return new Mat(matrix);
    }

    public static void InvertAffineTransform(InputArray m, OutputArray im) =>
        NativeMethods.Check(NativeMethods.ocv_invert_affine_transform(In(m), Out(im)));

    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        NativeMethods.Check(NativeMethods.ocv_cvt_color(In(src), Out(dst), code, dstCn));

    public static void Blur(
        InputArray src, OutputArray dst, Size ksize, Point? anchor = null, BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(NativeMethods.ocv_blur(In(src), Out(dst), ksize, anchor ?? KernelCenter, borderType));

    public static void GaussianBlur(
        InputArray src, OutputArray dst, Size ksize, double sigmaX, double sigmaY = 0, BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(NativeMethods.ocv_gaussian_blur(In(src), Out(dst), ksize, sigmaX, sigmaY, borderType));

    public static void MedianBlur(InputArray src, OutputArray dst, int ksize) =>
        NativeMethods.Check(NativeMethods.ocv_median_blur(In(src), Out(dst), ksize));

    public static void Sobel(
        InputArray src, OutputArray dst, MatType ddepth, int xorder, int yorder, int ksize = 3, double scale = 1, double delta = 0,
        BorderTypes borderType = BorderTypes.Default) =>
        NativeMethods.Check(NativeMethods.ocv_sobel(In(src), Out(dst), ddepth.Value, xorder, yorder, ksize, scale, delta, borderType));

    /// <returns>The threshold used, which Otsu's and the triangle method choose themselves.</returns>
    public static double Threshold(InputArray src, OutputArray dst, double thresh, double maxval, ThresholdTypes type)
    {
        NativeMethods.Check(NativeMethods.ocv_threshold(In(src), Out(dst), thresh, maxval, type, out var used));
        return used;
    }

    /// <param name="element">null: a 3 x 3 square.</param>
    public static void Erode(
        InputArray src, OutputArray dst, InputArray? element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        MorphologyEx(src, dst, MorphTypes.Erode, element, anchor, iterations, borderType, borderValue);

    /// <inheritdoc cref="Erode"/>
    public static void Dilate(
        InputArray src, OutputArray dst, InputArray? element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        MorphologyEx(src, dst, MorphTypes.Dilate, element, anchor, iterations, borderType, borderValue);

    /// <inheritdoc cref="Erode"/>
    public static void MorphologyEx(
        InputArray src, OutputArray dst, MorphTypes op, InputArray? element, Point? anchor = null, int iterations = 1,
        BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        NativeMethods.Check(NativeMethods.ocv_morphology(
            op, In(src), Out(dst), InputArray.OptionalHandle(element), anchor ?? KernelCenter, iterations, borderType, borderValue ?? default,
            borderValue is null ? 1 : 0));

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize) => GetStructuringElement(shape, ksize, KernelCenter);

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize, Point anchor)
    {
        NativeMethods.Check(NativeMethods.ocv_get_structuring_element(shape, ksize, anchor, out var element));
        return new Mat(element);
    }
}
