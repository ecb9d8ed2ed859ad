using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Video;

/// <summary>Writes a video file that is there in full or not at all: under another name until <see cref="Commit"/>, gone if that is never called.</summary>
public sealed class VideoOutput : IDisposable
{
    // H.264 plays everywhere; MPEG-4 part 2 is there even where OpenCV was built without an H.264 encoder.
    private static readonly string[] Mp4Codecs = ["avc1", "mp4v"];

    private readonly string path, temporary;
    private readonly VideoWriter writer;
    private readonly Size size;
    private readonly Mat? last;
    private int frames;

    /// <param name="path">Ends in .mp4 or .avi.</param>
    /// <param name="width">Width of every frame. Video codecs store even sizes: an odd last column or row is dropped.</param>
    /// <param name="frameRate">Frames a second.</param>
    /// <param name="repeatsFrames">Whether frames may be shown again; each is kept for that until the next comes.</param>
    /// <exception cref="IOException">The folder is missing or cannot be written, or no encoder is there.</exception>
    public VideoOutput(string path, int width, int height, double frameRate, bool repeatsFrames = false)
    {
        var extension = Path.GetExtension(path);
        this.path = path;
        temporary = Path.ChangeExtension(path, ".tmp" + extension);   // the container is chosen by the last extension
        size = new Size(width, height);
        last = repeatsFrames ? new Mat() : null;
        ProbeFolder();
        string[] codecs = extension.Equals(".avi", StringComparison.OrdinalIgnoreCase) ? ["MJPG"] : Mp4Codecs;
        foreach (var codec in codecs)
        {
            writer = new VideoWriter(temporary, FourCC.FromString(codec), frameRate, size);
            if (writer.IsOpened())
                return;
            writer.Dispose();
        }
        File.Delete(temporary);
        throw new IOException(
            $"Cannot write '{path}': OpenCV has no encoder for {string.Join(" or ", codecs)} in a {extension} file of {width} x {height}.");
    }

    /// <summary>Appends a frame.</summary>
    /// <param name="bgr">CV_8UC3 of the video's size.</param>
    /// <param name="repeats">How many more times the frame before is shown first; 0 where there is none, and where frames are not repeated.</param>
    /// <exception cref="ArgumentException">Another size or type.</exception>
    public void Write(Mat bgr, int repeats = 0)
    {
        if (bgr.Size() != size || bgr.Type() != MatType.CV_8UC3)
        {
            throw new ArgumentException(
                $"A frame of this video is {size.Width} x {size.Height} CV_8UC3, not {bgr.Cols} x {bgr.Rows} {bgr.Type()}.", nameof(bgr));
        }
        for (var count = 0; count < repeats; count++)
            writer.Write(last!);
        writer.Write(bgr);
        if (last is not null)
            bgr.CopyTo(last);
        frames += repeats + 1;
    }

    /// <summary>Ends the file, checks that every frame arrived (encoders do not report a full disk), and gives it its name.</summary>
    /// <exception cref="IOException">The file is not complete; nothing stays of it.</exception>
    public void Commit()
    {
        writer.Release();
        using (var check = new VideoCapture(temporary))
        {
            if (!check.IsOpened() || check.FrameCount != frames)
                throw new IOException($"Cannot write '{path}': it would end early. Free space there or choose another folder.");
        }
        AtomicFile.Commit(temporary, path);
    }

    public void Dispose()
    {
        writer.Dispose();
        last?.Dispose();
        File.Delete(temporary);                                 // after a commit there is none
    }

    /// <summary>An encoder that cannot open its file says only that it is not open; the file system says why.</summary>
    private void ProbeFolder()
    {
        try
        {
            File.Create(temporary).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot write '{path}': {error.Message.TrimEnd('.')}. Choose another folder.", error);
        }
    }
}
