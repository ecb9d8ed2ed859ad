namespace OpenCvSharp.Tests.Imgcodecs;

public sealed class ImageFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("opencv-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Mat Gradient()
    {
        var image = new Mat(40, 60, MatType.CV_8UC3);
        for (var y = 0; y < image.Rows; y++)
            for (var x = 0; x < image.Cols; x++)
                image.Set(y, x, new Vec3b((byte)(4 * x), (byte)(6 * y), 128));
        return image;
    }

    [Fact]
    public void A_PNG_gives_the_pixels_back()
    {
        var path = Path.Combine(folder, "straße 1.png");
        using var image = Gradient();
        Assert.True(Cv2.ImWrite(path, image));
        using var back = Cv2.ImRead(path);
        Assert.Equal(0, Cv2.Norm(image, back));
        using var gray = Cv2.ImRead(path, ImreadModes.Grayscale);
        Assert.Equal(MatType.CV_8UC1, gray.Type());
    }

    [Fact]
    public void A_JPEGs_quality_is_set()
    {
        using var image = Gradient();
        Cv2.ImEncode(".jpg", image, out var good, [(int)ImwriteFlags.JpegQuality, 95]);
        Cv2.ImEncode(".jpg", image, out var poor, new ImageEncodingParam(ImwriteFlags.JpegQuality, 10));
        Assert.True(poor.Length < good.Length);
        using var decoded = Cv2.ImDecode(good, ImreadModes.Color);
        Assert.Equal(image.Size(), decoded.Size());
        Assert.True(Cv2.Norm(image, decoded, NormTypes.INF) < 20);
    }

    [Fact]
    public void What_is_no_image_gives_an_empty_matrix()
    {
        using var missing = Cv2.ImRead(Path.Combine(folder, "missing.png"));
        Assert.True(missing.Empty());
        using var noise = Cv2.ImDecode([1, 2, 3, 4, 5], ImreadModes.Color);
        Assert.True(noise.Empty());
    }

    [Fact]
    public void What_cannot_be_written_is_told()
    {
        using var image = Gradient();
        Assert.Throws<OpenCVException>(() => Cv2.ImEncode(".xyz", image, out _, (int[]?)null));
        Assert.Throws<OpenCVException>(() => Cv2.ImWrite(Path.Combine(folder, "image.xyz"), image));
        Assert.False(Cv2.ImWrite(Path.Combine(folder, "none", "image.png"), image));
    }
}
