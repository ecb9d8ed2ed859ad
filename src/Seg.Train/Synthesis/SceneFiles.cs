using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Video;

namespace Seg.Train.Synthesis;

/// <summary>How drawn scenes become files: folders and videos.</summary>
internal static class SceneFiles
{
    /// <exception cref="IOException">It cannot be made; the message names it.</exception>
    public static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var problem = FileAbove(path) is { } file ? $"'{file}' is a file" : error.Message.TrimEnd('.');
            throw new IOException($"Cannot make the folder '{path}': {problem}. Choose another folder.", error);
        }
    }

    /// <summary>The part of a path that is a file, where a folder would have to be.</summary>
    private static string? FileAbove(string path)
    {
        for (var part = Path.GetFullPath(path); part is not null; part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
                return part;
        }
        return null;
    }

    /// <summary>How many frames a video of that length has.</summary>
    /// <exception cref="InputException">The config, the length or the rate asks for what cannot be.</exception>
    public static int FrameCount(SceneSetConfig config, double seconds, double framesPerSecond)
    {
        if (!(seconds * framesPerSecond >= 1 && framesPerSecond > 0 && seconds * framesPerSecond < 100_000))
        {
            throw new InputException($"A video of {seconds} s with {framesPerSecond} frames a second cannot be; "
                + "give numbers above 0 that make at least one frame.");
        }
        if (config.Width % 2 != 0 || config.Height % 2 != 0)
            throw new InputException($"A video of {config.Width}x{config.Height} pixels cannot be encoded; give even numbers.");
        return (int)Math.Round(seconds * framesPerSecond);
    }

    /// <summary>Draws a video's frames, several at a time, and writes them in their order.</summary>
    /// <param name="path">Ends in .mp4 or .avi.</param>
    /// <param name="config">Size and threads.</param>
    /// <param name="frames">How many.</param>
    /// <param name="framesPerSecond">Above 0.</param>
    /// <param name="draw">The pixels of a frame by its number from 0: B, G, R. Called from any thread.</param>
    /// <param name="progress">Is told how many frames are done.</param>
    /// <param name="cancellation">Ends it, and leaves no file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteVideo(string path, SceneSetConfig config, int frames, double framesPerSecond, Func<int, byte[]> draw,
        IProgress<int>? progress, CancellationToken cancellation)
    {
        using VideoOutput video = new(path, config.Width, config.Height, framesPerSecond);
        var batch = new byte[4 * config.WorkerCount][];
        for (var first = 0; first < frames; first += batch.Length)
        {
            var count = Math.Min(batch.Length, frames - first);
            ParallelWork.Run(config.WorkerCount, count, cancellation, i => batch[i] = draw(first + i));
            for (var i = 0; i < count; i++)
            {
                using var frame = Mat.FromPixelData(config.Height, config.Width, MatType.CV_8UC3, batch[i]);
                video.Write(frame);
                progress?.Report(first + i + 1);
            }
        }
        video.Commit();
    }

    /// <summary>A picture of its own from pixels row by row.</summary>
    public static Mat ToMat(SceneSetConfig config, MatType type, byte[] pixels)
    {
        using var lent = Mat.FromPixelData(config.Height, config.Width, type, pixels);
        return lent.Clone();
    }
}
