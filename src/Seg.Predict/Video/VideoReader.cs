using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Video;

/// <summary>The frames of a video file, a stream or a camera.</summary>
public sealed class VideoReader : IDisposable
{
    // cv::CAP_PROP_OPEN_TIMEOUT_MSEC and CAP_PROP_READ_TIMEOUT_MSEC, which OpenCvSharp has no names for. OpenCV would wait for 30 s.
    private const int OpenTimeout = 53, ReadTimeout = 54, Milliseconds = 10_000;

    private readonly VideoCapture capture;
    private readonly string path;

    private VideoReader(VideoCapture capture, string path) => (this.capture, this.path) = (capture, path);

    public int Width => capture.FrameWidth;

    public int Height => capture.FrameHeight;

    /// <summary>Frames a second; 25 where the file does not say.</summary>
    public double FrameRate => capture.Fps is > 0 and < 1000 and var rate ? rate : 25;

    /// <summary>Number of frames as the container states it: exact for MP4, an estimate for some others, 0 where unknown.</summary>
    public int DeclaredFrames => Math.Max(0, capture.FrameCount);

    /// <summary>When the latest frame was taken, in seconds by the source's clock; 0 where it does not say.</summary>
    public double Time => capture.Get(VideoCaptureProperties.PosMsec) / 1000;

    /// <exception cref="InputException">It cannot be opened; the message says what to look at.</exception>
    public static VideoReader Open(InputItem input) => input.Stream is { } stream ? Open(stream) : Open(input.Path);

    /// <exception cref="InputException">Nothing answers there, or sends a video.</exception>
    public static VideoReader Open(StreamAddress stream)
    {
        var capture = stream.Camera is { } camera
            ? new VideoCapture(camera)
            : new VideoCapture(stream.Address!, VideoCaptureAPIs.ANY, [OpenTimeout, Milliseconds, ReadTimeout, Milliseconds]);
        if (capture.IsOpened() && capture.FrameWidth > 0 && capture.FrameHeight > 0)
            return new VideoReader(capture, stream.Shown);
        capture.Dispose();
        throw new InputException(stream.Camera is null
            ? $"'{stream.Shown}' cannot be opened: nothing answered within {Milliseconds / 1000} s, or it sends no video that can be "
                + "decoded; check the address and that a player shows it."
            : $"'{stream.Shown}' cannot be opened; check that there is such a camera (they count from 0), that you may use it, and that no "
                + "other program does.");
    }

    /// <exception cref="InputException">The file is missing, empty, or no video that can be decoded.</exception>
    public static VideoReader Open(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InputException($"There is no file '{path}'.");
        if (file.Length == 0)
            throw new InputException($"'{path}' is empty (0 bytes).");
        // In full, as FFmpeg takes what stands before a colon for a protocol: of "10:30.mp4" the 10.
        var capture = new VideoCapture(file.FullName);
        if (capture.IsOpened() && capture.FrameWidth > 0 && capture.FrameHeight > 0)
            return new VideoReader(capture, path);
        capture.Dispose();
        throw new InputException($"'{path}' is not a video that can be decoded, or it is broken; check that it plays, or convert it to MP4 (H.264).");
    }

    /// <summary>The frames from the first to the last, each CV_8UC3 in BGR and the caller's to dispose.</summary>
    /// <exception cref="InputException">There is no frame that can be decoded, or one of another size.</exception>
    public IEnumerable<Mat> Frames()
    {
        Size size = new(Width, Height);
        for (var index = 0; ; index++)
        {
            var frame = new Mat();
            if (!Read(frame))
            {
                frame.Dispose();
                if (index == 0)
                    throw new InputException($"'{path}' has no frame that can be decoded; check that it plays.");
                yield break;
            }
            if (frame.Size() != size)
            {
                var other = frame.Size();
                frame.Dispose();
                throw new InputException($"'{path}' changes its size from {size.Width} x {size.Height} to {other.Width} x {other.Height} "
                    + $"at frame {index}; predict its parts apart.");
            }
            yield return frame;
        }
    }

    public void Dispose() => capture.Dispose();

    private bool Read(Mat frame)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Decode);
        return capture.Read(frame) && !frame.Empty();
    }
}
