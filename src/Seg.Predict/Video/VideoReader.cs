using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Video;

/// <summary>The frames of a video file.</summary>
public sealed class VideoReader : IDisposable
{
    private readonly VideoCapture capture;
    private readonly string path;

    private VideoReader(VideoCapture capture, string path) => (this.capture, this.path) = (capture, path);

    public int Width => capture.FrameWidth;

    public int Height => capture.FrameHeight;

    /// <summary>Frames a second; 25 where the file does not say.</summary>
    public double FrameRate => capture.Fps is > 0 and < 1000 and var rate ? rate : 25;

    /// <summary>Number of frames as the container states it: exact for MP4, an estimate for some others, 0 where unknown.</summary>
    public int DeclaredFrames => Math.Max(0, capture.FrameCount);

    /// <exception cref="InputException">The file is missing, empty, or no video that can be decoded.</exception>
    public static VideoReader Open(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InputException($"There is no file '{path}'.");
        if (file.Length == 0)
            throw new InputException($"'{path}' is empty (0 bytes).");
        var capture = new VideoCapture(path);
        if (capture.IsOpened() && capture.FrameWidth > 0 && capture.FrameHeight > 0)
            return new VideoReader(capture, path);
        capture.Dispose();
        throw new InputException($"'{path}' is not a video that can be decoded, or it is broken; check that it plays, or convert it to MP4 (H.264).");
    }

    /// <summary>The frames from the first to the last, each CV_8UC3 in BGR and the caller's to dispose.</summary>
    /// <exception cref="InputException">There is no frame that can be decoded.</exception>
    public IEnumerable<Mat> Frames()
    {
        for (var index = 0; ; index++)
        {
            var frame = new Mat();
            if (!capture.Read(frame) || frame.Empty())
            {
                frame.Dispose();
                if (index == 0)
                    throw new InputException($"'{path}' has no frame that can be decoded; check that it plays.");
                yield break;
            }
            yield return frame;
        }
    }

    public void Dispose() => capture.Dispose();
}
