using System.Collections.Concurrent;
using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// Keeps decoded images and labels of another data set, until its memory is used up; then the rest is read each time. Nothing is thrown
/// out: every epoch reads every image once, so that the one used least recently is the one needed soonest.
/// </summary>
internal sealed class CachedDataset(ISegmentationDataset dataset, long maximumBytes) : ISegmentationDataset, IDisposable
{
    private readonly ConcurrentDictionary<int, (Mat Image, Mat Labels)> kept = new();
    private long bytes;

    public int Count => dataset.Count;

    public LabelSet Labels => dataset.Labels;

    public bool HasLabels => dataset.HasLabels;

    public IReadOnlyList<(int Left, int Right)> MirroredClasses => dataset.MirroredClasses;

    /// <summary>Memory of the images and labels that are kept.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public string Name(int index) => dataset.Name(index);

    public (Mat Image, Mat Labels) Read(int index)
    {
        if (kept.TryGetValue(index, out var found))
            return Share(found);
        var read = dataset.Read(index);
        var size = (long)read.Image.Rows * read.Image.Cols * 4;      // three bytes of colour and one of label
        if (Interlocked.Add(ref bytes, size) > maximumBytes)
        {
            Interlocked.Add(ref bytes, -size);
            return read;
        }
        var shared = Share(read);
        if (!kept.TryAdd(index, read))
        {
            // Another thread has read the same image meanwhile.
            Interlocked.Add(ref bytes, -size);
            Dispose(read);
        }
        return shared;
    }

    public void Dispose()
    {
        foreach (var index in kept.Keys)
        {
            if (kept.TryRemove(index, out var sample))
                Dispose(sample);
        }
    }

    /// <summary>Matrices of their own over the same pixels, which OpenCV frees with the last of them.</summary>
    private static (Mat Image, Mat Labels) Share((Mat Image, Mat Labels) sample)
    {
        var all = new Rect(0, 0, sample.Image.Cols, sample.Image.Rows);
        return (sample.Image[all], sample.Labels[all]);
    }

    private static void Dispose((Mat Image, Mat Labels) sample)
    {
        sample.Image.Dispose();
        sample.Labels.Dispose();
    }
}
