namespace OpenCvSharp.Tests.Videoio;

public sealed class VideoTests : IDisposable
{
    private const int Frames = 12;
    private readonly string folder = Directory.CreateTempSubdirectory("opencv-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("drive.mp4", "mp4v")]
    [InlineData("drive.avi", "MJPG")]
    public void A_video_has_the_frames_that_were_written(string name, string codec)
    {
        var path = Path.Combine(folder, name);
        var size = new Size(64, 48);
        using (var writer = new VideoWriter(path, FourCC.FromString(codec), 12.5, size))
        {
            Assert.True(writer.IsOpened());
            for (var i = 0; i < Frames; i++)
            {
                using var frame = new Mat(size, MatType.CV_8UC3, Scalar.All(20 * i));
                writer.Write(frame);
            }
            writer.Release();
        }

        using var capture = new VideoCapture(path, VideoCaptureAPIs.ANY, [(int)VideoCaptureProperties.HwAcceleration, 0]);
        Assert.True(capture.IsOpened());
        Assert.Equal((Frames, 64, 48, 12.5), (capture.FrameCount, capture.FrameWidth, capture.FrameHeight, capture.Fps));
        using var image = new Mat();
        for (var i = 0; i < Frames; i++)
        {
            Assert.True(capture.Read(image));
            Assert.Equal(20 * i, Cv2.Mean(image).Val1, tolerance: 6.0);
        }
        Assert.False(capture.Read(image));
        Assert.True(image.Empty());
    }

    [Fact]
    public void A_file_that_is_no_video_does_not_open()
    {
        var path = Path.Combine(folder, "noise.mp4");
        File.WriteAllBytes(path, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        using var noise = new VideoCapture(path);
        Assert.False(noise.IsOpened());
        using var missing = new VideoCapture(Path.Combine(folder, "missing.mp4"));
        Assert.False(missing.IsOpened());
        using var frame = new Mat();
        Assert.False(missing.Read(frame));
        using var camera = new VideoCapture(97);
        Assert.False(camera.IsOpened());
    }

    [Fact]
    public void A_video_in_a_folder_that_is_missing_does_not_open()
    {
        using var writer = new VideoWriter(Path.Combine(folder, "none", "v.mp4"), FourCC.FromString("mp4v"), 10, new Size(64, 48));
        Assert.False(writer.IsOpened());
    }

    [Fact]
    public void The_drive_video_is_read_from_end_to_end()
    {
        var path = SharedFiles.Find("data/camvid/drive.mp4");
        if (path is null)
            return; // The shared data is not here.
        using var capture = new VideoCapture(path);
        using var frame = new Mat();
        var frames = 0;
        for (; capture.Read(frame); frames++)
            Assert.Equal(new Size(capture.FrameWidth, capture.FrameHeight), frame.Size());
        Assert.True(frames > 0);
        Assert.Equal(capture.FrameCount, frames);
    }

    [Fact]
    public void Four_letters_make_a_code()
    {
        Assert.Equal(0x7634706d, (int)FourCC.FromString("mp4v"));
        Assert.Equal(VideoWriter.FourCC('a', 'v', 'c', '1'), VideoWriter.FourCC("avc1"));
        Assert.Throws<ArgumentException>(() => FourCC.FromString("mpeg4"));
    }
}
