using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>One matrix a channel.</summary>
    public static Mat[] Split(Mat src)
    {
        ArgumentNullException.ThrowIfNull(src);
        var channels = new Mat[src.Channels()];
        for (var i = 0; i < channels.Length; i++)
        {
            channels[i] = new Mat();
            ExtractChannel(src, channels[i], i);
        }
        return channels;
    }

    /// <inheritdoc cref="Split(Mat)"/>
    public static void Split(Mat src, out Mat[] mv) => mv = Split(src);

    /// <summary>Puts the channels of all matrices into one.</summary>
    public static unsafe void Merge(Mat[] mv, Mat dst)
    {
        ArgumentNullException.ThrowIfNull(dst);
        using var borrowed = new BorrowedMats(mv);
        fixed (nint* mats = borrowed.Pointers)
            NativeMethods.Check(NativeMethods.ocv_merge(mats, borrowed.Pointers.Length, dst.Handle));
    }

    public static void ExtractChannel(InputArray src, OutputArray dst, int coi) =>
        NativeMethods.Check(NativeMethods.ocv_extract_channel(In(src), Out(dst), coi));

    public static void InsertChannel(InputArray src, InputOutputArray dst, int coi) =>
        NativeMethods.Check(NativeMethods.ocv_insert_channel(In(src), Out(dst), coi));

    /// <summary>Puts matrices of equal height side by side.</summary>
    public static void HConcat(IEnumerable<Mat> src, OutputArray dst) => Concatenate(src, dst, horizontal: true);

    /// <summary>Puts matrices of equal width one below the other.</summary>
    public static void VConcat(IEnumerable<Mat> src, OutputArray dst) => Concatenate(src, dst, horizontal: false);

    private static unsafe void Concatenate(IEnumerable<Mat> src, OutputArray dst, bool horizontal)
    {
        ArgumentNullException.ThrowIfNull(src);
        var target = Out(dst);
        using var borrowed = new BorrowedMats(src.ToArray());
        fixed (nint* mats = borrowed.Pointers)
            NativeMethods.Check(NativeMethods.ocv_concatenate(mats, borrowed.Pointers.Length, target, horizontal ? 1 : 0));
    }
}
