using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Images with a class for each pixel, in a fixed order. Several threads may read at a time.</summary>
public interface ISegmentationDataset
{
    int Count { get; }

    /// <summary>The classes; label i is class i.</summary>
    LabelSet Labels { get; }

    /// <summary>Whether there are labels at all; without, as in Cityscapes' test split, every label is the ignore index.</summary>
    bool HasLabels => true;

    /// <summary>Pairs of classes that change places when an image is mirrored, such as left and right arms.</summary>
    IReadOnlyList<(int Left, int Right)> MirroredClasses => [.. Labels.FlipPairs.Select(pair => (pair[0], pair[1]))];

    /// <summary>What messages and previews call an item: its image's path.</summary>
    string Name(int index);

    /// <summary>
    /// One image, CV_8UC3 in BGR, and its labels, CV_8UC1 of the same size: class indices, or <see cref="LabelSet.IgnoreIndex"/>. Both
    /// are the caller's to dispose, but their pixels may be shared with later calls: they are for reading only.
    /// </summary>
    /// <exception cref="InputException">A file is unreadable, the sizes differ, or a mask has a value that is no class.</exception>
    (Mat Image, Mat Labels) Read(int index);

    /// <summary>As <see cref="Read"/>; null where the item is faulty, and faulty ones are to be left out.</summary>
    (Mat Image, Mat Labels)? ReadOrSkip(int index) => Read(index);
}
