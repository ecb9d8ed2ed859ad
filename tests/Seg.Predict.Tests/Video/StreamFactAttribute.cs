using OpenCvSharp;

namespace Seg.Predict.Tests.Video;

/// <summary>A test that opens addresses, which of OpenCV's backends FFmpeg's can; skipped, with a message, where OpenCV was built without it.</summary>
internal sealed class StreamFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> HasFfmpeg = new(() =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"seg-ffmpeg-{Guid.NewGuid():N}.avi");
        try
        {
            using (var writer = new VideoWriter(path, FourCC.FromString("MJPG"), 10, new Size(64, 48)))
            {
                using Mat frame = new(48, 64, MatType.CV_8UC3, new Scalar(1, 2, 3));
                writer.Write(frame);
            }
            using var capture = new VideoCapture(path, VideoCaptureAPIs.FFMPEG);
            return capture.IsOpened();
        }
        finally
        {
            File.Delete(path);
        }
    });

    public StreamFactAttribute()
    {
        if (!HasFfmpeg.Value)
            Skip = "OpenCV was built without FFmpeg, which opens addresses.";
    }
}
