namespace OpenCvSharp.Tests.Binding;

public class SafetyTests
{
    [Fact]
    public void Pixels_outside_of_the_matrix_are_refused()
    {
        using var mat = new Mat(2, 3, MatType.CV_8UC3);
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Get<byte>(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Get<byte>(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Get<byte>(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Ptr(2));
        Assert.Throws<OpenCvSharpException>(() => mat.Get<int>(0, 0));
        using var empty = new Mat();
        Assert.Throws<ArgumentOutOfRangeException>(() => empty.Set<byte>(0, 0, 1));
    }

    [Fact]
    public void An_array_too_short_for_the_matrix_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => Mat.FromPixelData(2, 3, MatType.CV_8UC3, new byte[17]));
        Assert.StartsWith("A matrix of 2 x 3 pixels of CV_8UC3 needs 18 bytes; the array has 17.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_keeps_the_array_of_its_matrix_in_place()
    {
        var region = RegionOfForgottenArray();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        using (region)
            Assert.Equal(42, region.At<byte>(0, 0));

        static Mat RegionOfForgottenArray()
        {
            var pixels = new byte[16];
            pixels[5] = 42;
            using var mat = Mat.FromPixelData(4, 4, MatType.CV_8UC1, pixels);
            return mat[new Rect(1, 1, 2, 2)];
        }
    }

    [Fact]
    public void Matrices_used_and_disposed_by_several_threads_never_crash()
    {
        for (var round = 0; round < 200; round++)
        {
            var mat = new Mat(64, 64, MatType.CV_8UC3, new Scalar(1, 2, 3));
            var ended = Parallel.For(0, 4, i =>
            {
                try
                {
                    if (i == 3)
                        mat.Dispose();
                    else
                        mat.Clone().Dispose();
                }
                catch (ObjectDisposedException)
                {
                    // The expected end of a race that the disposing thread wins.
                }
            });
            Assert.True(ended.IsCompleted && mat.IsDisposed);
        }
    }

    [Fact]
    public void Nonsense_is_an_exception_and_no_crash()
    {
        using var mat = new Mat(4, 4, MatType.CV_8UC3, Scalar.All(0));
        using var result = new Mat();
        Assert.ThrowsAny<Exception>(() => new Mat(-1, 4, MatType.CV_8UC1));
        Assert.ThrowsAny<Exception>(() => new Mat(int.MaxValue, int.MaxValue, MatType.CV_64FC4));
        Assert.ThrowsAny<Exception>(() => mat.Reshape(5));
        Assert.ThrowsAny<Exception>(() => Cv2.Resize(mat, result, new Size(-3, 4)));
        Assert.ThrowsAny<Exception>(() => Cv2.GaussianBlur(mat, result, new Size(2, 2), 0));
        Assert.ThrowsAny<Exception>(() => Cv2.WarpAffine(mat, result, mat, new Size(4, 4)));
        Assert.ThrowsAny<Exception>(() => Cv2.Merge([], result));
        Assert.ThrowsAny<Exception>(() => Cv2.Merge([mat, null!], result));
        Assert.ThrowsAny<Exception>(() => Cv2.CountNonZero(mat));
        Assert.ThrowsAny<Exception>(() => Cv2.GetAffineTransform([new Point2f(0, 0)], [new Point2f(0, 0)]));
        Assert.ThrowsAny<Exception>(() => Cv2.GetStructuringElement(MorphShapes.Rect, new Size(0, 3)));
        Assert.ThrowsAny<Exception>(() => Cv2.ImDecode([], ImreadModes.Color));
        Assert.ThrowsAny<Exception>(() => Cv2.CvtColor(mat, result, (ColorConversionCodes)9999));
        Assert.ThrowsAny<Exception>(() => Cv2.ContourArea(mat));
    }
}
