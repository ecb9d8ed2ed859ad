using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Keeps decoded images and labels of another data set, as many as fit.</summary>
internal sealed class CachedDataset(ISegmentationDataset dataset, long maximumBytes) : ISegmentationDataset, IDisposable
{
    private readonly MatCache cache = new(maximumBytes);

    public int Count => dataset.Count;

    public LabelSet Labels => dataset.Labels;

    public bool HasLabels => dataset.HasLabels;

    public string Name(int index) => dataset.Name(index);

    public (Mat Image, Mat Labels) Read(int index)
    {
        var pictures = cache.Read(index, ReadBoth);
        return (pictures[0], pictures[1]);
    }

    public void Dispose() => cache.Dispose();

    private Mat[] ReadBoth(int index)
    {
        var (image, labels) = dataset.Read(index);
        return [image, labels];
    }
}
