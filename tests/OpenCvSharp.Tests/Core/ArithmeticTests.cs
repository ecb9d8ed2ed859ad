namespace OpenCvSharp.Tests.Core;

public class ArithmeticTests
{
    private static byte[] Bytes(Mat mat)
    {
        Assert.True(mat.GetArray(out byte[] values));
        return values;
    }

    [Fact]
    public void Sums_differences_and_mixes_saturate()
    {
        using var a = Mat.FromArray<byte>(10, 200, 30);
        using var b = Mat.FromArray<byte>(20, 100, 30);
        using var result = new Mat();
        Cv2.Add(a, b, result);
        Assert.Equal([30, 255, 60], Bytes(result));
        Cv2.Subtract(a, b, result);
        Assert.Equal([0, 100, 0], Bytes(result));
        Cv2.Absdiff(a, b, result);
        Assert.Equal([10, 100, 0], Bytes(result));
        Cv2.AddWeighted(a, 0.5, b, 0.25, 1, result);
        Assert.Equal([11, 126, 24], Bytes(result));
        Cv2.Multiply(a, b, result, scale: 0.1);
        Assert.Equal([20, 255, 90], Bytes(result));
        Cv2.Min(a, b, result);
        Assert.Equal([10, 100, 30], Bytes(result));
    }

    [Fact]
    public void A_colour_stands_for_every_pixel()
    {
        using var image = new Mat(2, 2, MatType.CV_8UC3, new Scalar(1, 2, 3));
        using var result = new Mat();
        Cv2.Add(image, new Scalar(10, 20, 30), result);
        Assert.Equal(new Vec3b(11, 22, 33), result.At<Vec3b>(1, 1));
    }

    [Fact]
    public void Bits_are_combined_under_a_mask()
    {
        using var a = Mat.FromArray<byte>(0b1100, 0b1100);
        using var b = Mat.FromArray<byte>(0b1010, 0b1010);
        using var result = new Mat();
        Cv2.BitwiseAnd(a, b, result);
        Assert.Equal([0b1000, 0b1000], Bytes(result));
        Cv2.BitwiseOr(a, b, result);
        Assert.Equal([0b1110, 0b1110], Bytes(result));
        Cv2.BitwiseXor(a, b, result);
        Assert.Equal([0b0110, 0b0110], Bytes(result));
        using var mask = Mat.FromArray<byte>(0, 255);
        Cv2.BitwiseNot(a, result, mask);
        Assert.Equal([0b0110, 0b11110011], Bytes(result));
    }

    [Fact]
    public void Comparisons_and_ranges_give_masks()
    {
        using var a = Mat.FromArray<byte>(1, 5, 9);
        using var result = new Mat();
        Cv2.Compare(a, 5, result, CmpType.GE);
        Assert.Equal([0, 255, 255], Bytes(result));
        Cv2.InRange(a, new Scalar(2), new Scalar(5), result);
        Assert.Equal([0, 255, 0], Bytes(result));
    }

    [Fact]
    public void A_table_replaces_bytes()
    {
        using var a = Mat.FromArray<byte>(0, 1, 255);
        using var result = new Mat();
        Cv2.LUT(a, [.. Enumerable.Range(0, 256).Select(i => (byte)(255 - i))], result);
        Assert.Equal([255, 254, 0], Bytes(result));
    }

    [Fact]
    public void Channels_are_split_and_merged_again()
    {
        using var image = new Mat(2, 3, MatType.CV_8UC3, new Scalar(1, 2, 3));
        var channels = Cv2.Split(image);
        Assert.Equal([1, 2, 3], channels.Select(c => c.At<byte>(1, 2)));
        using var merged = new Mat();
        Cv2.Merge([channels[2], channels[1], channels[0]], merged);
        Assert.Equal(new Vec3b(3, 2, 1), merged.At<Vec3b>(0, 0));
        foreach (var channel in channels)
            channel.Dispose();
    }

    [Fact]
    public void Flips_and_turns_move_pixels()
    {
        using var a = Mat.FromArray(new byte[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        using var result = new Mat();
        Cv2.Flip(a, result, FlipMode.Y);
        Assert.Equal([3, 2, 1, 6, 5, 4], Bytes(result));
        Cv2.Flip(a, result, FlipMode.X);
        Assert.Equal([4, 5, 6, 1, 2, 3], Bytes(result));
        Cv2.Rotate(a, result, RotateFlags.Rotate90Clockwise);
        Assert.Equal([4, 1, 5, 2, 6, 3], Bytes(result));
        Cv2.Transpose(a, result);
        Assert.Equal([1, 4, 2, 5, 3, 6], Bytes(result));
        Cv2.HConcat([a, a], result);
        Assert.Equal([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], Bytes(result));
    }

    [Fact]
    public void A_border_is_put_around()
    {
        using var a = Mat.FromArray(new byte[,] { { 1, 2 } });
        using var result = new Mat();
        Cv2.CopyMakeBorder(a, result, 1, 0, 1, 2, BorderTypes.Constant, new Scalar(9));
        Assert.Equal([9, 9, 9, 9, 9, 9, 1, 2, 9, 9], Bytes(result));
        Cv2.CopyMakeBorder(a, result, 0, 0, 2, 0, BorderTypes.Replicate);
        Assert.Equal([1, 1, 1, 2], Bytes(result));
    }

    [Fact]
    public void Statistics_are_those_of_the_pixels()
    {
        using var a = Mat.FromArray(new byte[,] { { 0, 2, 4 }, { 6, 0, 0 } });
        Assert.Equal(3, Cv2.CountNonZero(a));
        Assert.Equal(12, Cv2.Sum(a).Val0);
        Assert.Equal(2, Cv2.Mean(a).Val0);
        Cv2.MinMaxLoc(a, out var min, out var max, out _, out var maxAt);
        Assert.Equal((0, 6, new Point(0, 1)), (min, max, maxAt));
        Cv2.MeanStdDev(a, out _, out var deviation);
        Assert.Equal(Math.Sqrt(32 / 6.0), deviation.Val0, 9);
        Assert.Equal(Math.Sqrt(56), Cv2.Norm(a), 9);
    }

    [Fact]
    public void What_does_not_fit_is_an_exception_with_OpenCVs_words()
    {
        using var a = new Mat(2, 2, MatType.CV_8UC1);
        using var b = new Mat(3, 3, MatType.CV_8UC1);
        using var result = new Mat();
        var failure = Assert.Throws<OpenCVException>(() => Cv2.Add(a, b, result));
        Assert.Equal(ErrorCode.StsUnmatchedSizes, failure.Status);
        Assert.Contains("neither 'array op array'", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Cv2.Add(null!, b, result));
    }
}
