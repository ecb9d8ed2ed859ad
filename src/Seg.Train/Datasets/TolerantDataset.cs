using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>
/// Another data set, of which some files may be faulty or vanish: the next item is read in the place of such a one, and each is told once.
/// </summary>
/// <remarks>Which item stands in for which depends on the files alone, so that batches are still the same for any number of threads.</remarks>
internal sealed class TolerantDataset(ISegmentationDataset dataset) : ISegmentationDataset
{
    /// <summary>One item in so many may be faulty. When a disk has gone, nothing should be trained on what is left in the cache.</summary>
    private const int Tolerated = 10;

    private readonly object gate = new();
    private readonly Dictionary<int, string> faults = [];
    private readonly Queue<string> untold = new();

    public int Count => dataset.Count;

    public LabelSet Labels => dataset.Labels;

    public bool HasLabels => dataset.HasLabels;

    public IReadOnlyList<(int Left, int Right)> MirroredClasses => dataset.MirroredClasses;

    /// <summary>Items that could not be read so far.</summary>
    public int Faulty
    {
        get
        {
            lock (gate)
                return faults.Count;
        }
    }

    public string Name(int index) => dataset.Name(index);

    /// <summary>The item, or the next one that can be read.</summary>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public (Mat Image, Mat Labels) Read(int index)
    {
        for (var offset = 0; offset < Count; offset++)
        {
            if (ReadOrSkip((index + offset) % Count) is { } sample)
                return sample;
        }
        throw new InputException($"None of the {Count} images beside '{Name(index)}' can be read.");
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public (Mat Image, Mat Labels)? ReadOrSkip(int index)
    {
        lock (gate)
        {
            if (faults.ContainsKey(index))
                return null;
        }
        try
        {
            return dataset.Read(index);
        }
        catch (InputException error)
        {
            Remember(index, error);
            return null;
        }
    }

    /// <summary>What is wrong with the items that have turned out faulty since the last call, one line each.</summary>
    public IReadOnlyList<string> TakeUntold()
    {
        lock (gate)
        {
            string[] lines = [.. untold];
            untold.Clear();
            return lines;
        }
    }

    private void Remember(int index, InputException error)
    {
        lock (gate)
        {
            if (faults.TryAdd(index, error.Message))
                untold.Enqueue($"{error.Message} Left out, the {Ordinal(faults.Count)} of {Count} images.");
            if (faults.Count > Math.Max(1, Count / Tolerated))
            {
                throw new InputException($"{faults.Count} of {Count} images cannot be read, too many to leave out; the last: {error.Message} " +
                    "'seg data check' lists them all.", error);
            }
        }
    }

    private static string Ordinal(int number) => (number % 10, number / 10 % 10) switch
    {
        (1, not 1) => $"{number}st",
        (2, not 1) => $"{number}nd",
        (3, not 1) => $"{number}rd",
        _ => $"{number}th",
    };
}
