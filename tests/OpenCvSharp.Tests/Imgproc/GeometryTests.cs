namespace OpenCvSharp.Tests.Imgproc;

public class GeometryTests
{
    [Fact]
    public void Halving_by_area_averages()
    {
        using var image = Mat.FromArray(new byte[,] { { 0, 4, 10, 10 }, { 4, 8, 10, 10 } });
        using var half = new Mat();
        Cv2.Resize(image, half, new Size(2, 1), interpolation: InterpolationFlags.Area);
        Assert.Equal((4, 10), (half.At<byte>(0, 0), half.At<byte>(0, 1)));
        Cv2.Resize(image, half, new Size(), 0.5, 0.5, InterpolationFlags.Nearest);
        Assert.Equal(new Size(2, 1), half.Size());
    }

    [Fact]
    public void An_affine_transform_moves_its_three_points()
    {
        Point2f[] from = [new(0, 0), new(1, 0), new(0, 1)];
        Point2f[] to = [new(2, 3), new(3, 3), new(2, 4)];
        using var matrix = Cv2.GetAffineTransform(from, to);
        Assert.Equal([1, 0, 2, 0, 1, 3], Enumerable.Range(0, 6).Select(i => Math.Round(matrix.At<double>(i / 3, i % 3), 9)));

        using var image = new Mat(6, 6, MatType.CV_8UC1, new Scalar(0));
        image.At<byte>(1, 1) = 200;
        using var moved = new Mat();
        Cv2.WarpAffine(image, moved, matrix, image.Size(), InterpolationFlags.Nearest, BorderTypes.Constant, new Scalar(7));
        Assert.Equal((200, 7), (moved.At<byte>(4, 3), moved.At<byte>(0, 0)));
    }

    [Fact]
    public void A_quarter_turn_goes_counter_clockwise_and_back()
    {
        using var turn = Cv2.GetRotationMatrix2D(new Point2f(1, 1), 90, 1);
        using var back = new Mat();
        Cv2.InvertAffineTransform(turn, back);
        // (2, 1), right of the centre, comes to lie above it at (1, 0).
        Assert.Equal(1, turn.At<double>(0, 0) * 2 + turn.At<double>(0, 1) + turn.At<double>(0, 2), 9);
        Assert.Equal(0, turn.At<double>(1, 0) * 2 + turn.At<double>(1, 1) + turn.At<double>(1, 2), 9);
        Assert.Equal(2, back.At<double>(0, 0) + back.At<double>(0, 2), 9);
    }

    [Fact]
    public void Colours_are_converted()
    {
        using var image = new Mat(1, 1, MatType.CV_8UC3, new Scalar(255, 0, 0));
        using var result = new Mat();
        Cv2.CvtColor(image, result, ColorConversionCodes.BGR2RGB);
        Assert.Equal(new Vec3b(0, 0, 255), result.At<Vec3b>(0, 0));
        Cv2.CvtColor(image, result, ColorConversionCodes.BGR2GRAY);
        Assert.Equal(29, result.At<byte>(0, 0));
        Cv2.CvtColor(image, result, ColorConversionCodes.BGR2HSV);
        Assert.Equal(new Vec3b(120, 255, 255), result.At<Vec3b>(0, 0));
    }

    [Fact]
    public void Filters_spread_a_single_pixel()
    {
        using var image = new Mat(5, 5, MatType.CV_8UC1, new Scalar(0));
        image.At<byte>(2, 2) = 90;
        using var result = new Mat();
        Cv2.Blur(image, result, new Size(3, 3));
        Assert.Equal((10, 10, 0), (result.At<byte>(1, 1), result.At<byte>(2, 2), result.At<byte>(0, 0)));
        Cv2.GaussianBlur(image, result, new Size(3, 3), 0);
        Assert.Equal(23, result.At<byte>(2, 2), tolerance: 1);
        Cv2.MedianBlur(image, result, 3);
        Assert.Equal(0, Cv2.CountNonZero(result));
        Cv2.Dilate(image, result, null);
        Assert.Equal(9, Cv2.CountNonZero(result));
        using var cross = Cv2.GetStructuringElement(MorphShapes.Cross, new Size(3, 3));
        Cv2.Dilate(image, result, cross);
        Assert.Equal(5, Cv2.CountNonZero(result));
        Cv2.Sobel(image, result, MatType.CV_16S, 1, 0);
        Assert.Equal((180, -180), (result.At<short>(2, 1), result.At<short>(2, 3)));
    }

    [Fact]
    public void A_threshold_separates_and_Otsu_finds_it()
    {
        using var image = Mat.FromArray<byte>(10, 11, 12, 200, 201, 202);
        using var result = new Mat();
        Assert.Equal(100, Cv2.Threshold(image, result, 100, 255, ThresholdTypes.Binary));
        Assert.Equal(3, Cv2.CountNonZero(result));
        Assert.InRange(Cv2.Threshold(image, result, 0, 255, ThresholdTypes.Binary | ThresholdTypes.Otsu), 12, 199);
        Assert.Equal(3, Cv2.CountNonZero(result));
    }

    [Fact]
    public void A_size_of_nothing_is_refused()
    {
        using var image = new Mat(2, 2, MatType.CV_8UC1);
        using var empty = new Mat();
        using var result = new Mat();
        Assert.Throws<OpenCVException>(() => Cv2.Resize(empty, result, new Size(2, 2)));
        Assert.Throws<OpenCVException>(() => Cv2.Resize(image, result, new Size(0, 0)));
        Assert.Throws<OpenCVException>(() => Cv2.CvtColor(image, result, ColorConversionCodes.BGR2GRAY));
    }
}
