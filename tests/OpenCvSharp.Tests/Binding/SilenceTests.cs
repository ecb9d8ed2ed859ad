namespace OpenCvSharp.Tests.Binding;

public sealed class SilenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("opencv-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Damaged_files_and_refused_calls_leave_no_words_on_stderr()
    {
        using var image = Noise();
        Cv2.ImEncode(".png", image, out var png, (int[]?)null);
        Cv2.ImEncode(".jpg", image, out var jpeg, (int[]?)null);
        var noise = Path.Combine(folder, "noise.mp4");
        File.WriteAllBytes(noise, jpeg);
        var text = StandardError.During(() =>
        {
            foreach (var bytes in new[] { png, jpeg })
            {
                Cv2.ImDecode(bytes[..(bytes.Length / 2)], ImreadModes.Color).Dispose();
                Cv2.ImDecode(Damaged(bytes), ImreadModes.Color).Dispose();
            }
            Cv2.ImRead(Path.Combine(folder, "missing.png")).Dispose();
            new VideoCapture(noise).Dispose();
            new VideoWriter(Path.Combine(folder, "none", "v.mp4"), FourCC.FromString("avc1"), 10, new Size(64, 64)).Dispose();
            Assert.Throws<OpenCVException>(() => Cv2.CountNonZero(image));
        });
        Assert.Equal("", text);
    }

    private static Mat Noise()
    {
        var image = new Mat(64, 64, MatType.CV_8UC3);
        new Random(1).NextBytes(image.AsSpan<byte>());
        return image;
    }

    private static byte[] Damaged(byte[] bytes)
    {
        var result = (byte[])bytes.Clone();
        for (var i = bytes.Length / 2; i < result.Length; i += 50)
            result[i] ^= 0x55;
        return result;
    }
}
