using System.Collections.Concurrent;
using OpenCvSharp;

namespace Seg.Train.Datasets;

/// <summary>
/// Keeps decoded pictures until its memory is used up; then the rest is read each time. Nothing is thrown out: every epoch reads every image
/// once, so that the one used least recently is the one needed soonest. Any thread may read.
/// </summary>
/// <param name="maximumBytes">0 keeps nothing.</param>
internal sealed class MatCache(long maximumBytes) : IDisposable
{
    private readonly ConcurrentDictionary<int, Mat[]> kept = new();
    private long bytes;

    /// <summary>An item's pictures, 8 bits a channel; the caller's to dispose, but their pixels may be shared: they are for reading only.</summary>
    public Mat[] Read(int index, Func<int, Mat[]> read)
    {
        if (kept.TryGetValue(index, out var found))
            return Share(found);
        var pictures = read(index);
        var size = pictures.Sum(picture => (long)picture.Rows * picture.Cols * picture.Channels());
        if (Interlocked.Add(ref bytes, size) > maximumBytes)
        {
            Interlocked.Add(ref bytes, -size);
            return pictures;
        }
        var shared = Share(pictures);
        if (!kept.TryAdd(index, pictures))
        {
            // Another thread has read the same item meanwhile.
            Interlocked.Add(ref bytes, -size);
            Free(pictures);
        }
        return shared;
    }

    public void Dispose()
    {
        foreach (var index in kept.Keys)
        {
            if (kept.TryRemove(index, out var pictures))
                Free(pictures);
        }
    }

    /// <summary>Matrices of their own over the same pixels, which OpenCV frees with the last of them.</summary>
    private static Mat[] Share(Mat[] pictures) => Array.ConvertAll(pictures, picture => picture[new Rect(0, 0, picture.Cols, picture.Rows)]);

    private static void Free(Mat[] pictures)
    {
        foreach (var picture in pictures)
            picture.Dispose();
    }
}
