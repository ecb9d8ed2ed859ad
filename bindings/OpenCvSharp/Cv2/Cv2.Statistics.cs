using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>Number of pixels of a one-channel matrix that are not 0.</summary>
    public static int CountNonZero(InputArray mtx)
    {
        NativeMethods.Check(NativeMethods.ocv_count_non_zero(In(mtx), out var count));
        return count;
    }

    /// <summary>Sum of each channel.</summary>
    public static Scalar Sum(InputArray src)
    {
        NativeMethods.Check(NativeMethods.ocv_sum(In(src), out var sum));
        return sum;
    }

    /// <summary>Mean of each channel.</summary>
    public static Scalar Mean(InputArray src, InputArray? mask = null)
    {
        NativeMethods.Check(NativeMethods.ocv_mean(In(src), InputArray.OptionalHandle(mask), out var mean));
        return mean;
    }

    /// <summary>Mean and standard deviation of each channel.</summary>
    public static void MeanStdDev(InputArray src, out Scalar mean, out Scalar stddev, InputArray? mask = null) =>
        NativeMethods.Check(NativeMethods.ocv_mean_std_dev(In(src), InputArray.OptionalHandle(mask), out mean, out stddev));

    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal) =>
        MinMaxLoc(src, out minVal, out maxVal, out _, out _);

    public static void MinMaxLoc(InputArray src, out Point minLoc, out Point maxLoc) =>
        MinMaxLoc(src, out _, out _, out minLoc, out maxLoc);

    /// <summary>Smallest and largest value of a one-channel matrix and where they are first.</summary>
    public static void MinMaxLoc(
        InputArray src, out double minVal, out double maxVal, out Point minLoc, out Point maxLoc, InputArray? mask = null) =>
        NativeMethods.Check(NativeMethods.ocv_min_max_loc(
            In(src), InputArray.OptionalHandle(mask), out minVal, out maxVal, out minLoc, out maxLoc));

    public static double Norm(InputArray src1, NormTypes normType = NormTypes.L2, InputArray? mask = null)
    {
        NativeMethods.Check(NativeMethods.ocv_norm(In(src1), MatHandle.None, normType, InputArray.OptionalHandle(mask), out var norm));
        return norm;
    }

    /// <summary>The norm of the difference.</summary>
    public static double Norm(InputArray src1, InputArray src2, NormTypes normType = NormTypes.L2, InputArray? mask = null)
    {
        NativeMethods.Check(NativeMethods.ocv_norm(In(src1), In(src2), normType, InputArray.OptionalHandle(mask), out var norm));
        return norm;
    }
}
