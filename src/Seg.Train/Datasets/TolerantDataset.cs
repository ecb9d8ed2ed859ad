using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// Another data set, of which some files may be faulty or vanish: the next item is read in the place of such a one, and each is told once.
/// </summary>
internal sealed class TolerantDataset(ISegmentationDataset dataset) : ISegmentationDataset
{
    private readonly FaultTolerance faults = new(dataset.Count, "images");

    public int Count => dataset.Count;

    public LabelSet Labels => dataset.Labels;

    public bool HasLabels => dataset.HasLabels;

    public string Name(int index) => dataset.Name(index);

    /// <summary>The item, or the next one that can be read.</summary>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public (Mat Image, Mat Labels) Read(int index) => faults.Read(index, dataset.Read, dataset.Name);

    /// <inheritdoc/>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public (Mat Image, Mat Labels)? ReadOrSkip(int index) => faults.ReadOrSkip(index, dataset.Read);

    /// <summary>What is wrong with the items that have turned out faulty since the last call, one line each.</summary>
    public IReadOnlyList<string> TakeUntold() => faults.TakeUntold();
}
