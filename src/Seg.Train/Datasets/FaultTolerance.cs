using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Reads a data set of which some items may be faulty or vanish, remembers which are, and keeps what is to be told of them.</summary>
/// <remarks>Which item stands in for which depends on the files alone, so that batches are the same for any number of threads.</remarks>
/// <param name="count">Items of the data set.</param>
/// <param name="items">What messages call them: "images".</param>
internal sealed class FaultTolerance(int count, string items)
{
    /// <summary>One item in so many may be faulty. When a disk has gone, nothing should be trained on what is left in the cache.</summary>
    private const int Tolerated = 10;

    private readonly object gate = new();
    private readonly Dictionary<int, string> faults = [];
    private readonly Queue<string> untold = new();

    /// <summary>An item, or the next one that can be read.</summary>
    /// <param name="read">Reads one.</param>
    /// <param name="name">What messages call one.</param>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public T Read<T>(int index, Func<int, T> read, Func<int, string> name)
        where T : struct
    {
        for (var offset = 0; offset < count; offset++)
        {
            if (ReadOrSkip((index + offset) % count, read) is { } item)
                return item;
        }
        throw new InputException($"None of the {count} {items} beside '{name(index)}' can be read.");
    }

    /// <summary>An item; null where it is faulty.</summary>
    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public T? ReadOrSkip<T>(int index, Func<int, T> read)
        where T : struct
    {
        if (!IsSound(index))
            return null;
        try
        {
            return read(index);
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

    /// <summary>Whether an item can be read, as far as is known.</summary>
    private bool IsSound(int index)
    {
        lock (gate)
            return !faults.ContainsKey(index);
    }

    private void Remember(int index, InputException error)
    {
        lock (gate)
        {
            if (faults.TryAdd(index, error.Message))
                untold.Enqueue($"{error.Message} Left out, the {Ordinal(faults.Count)} of {count} {items}.");
            if (faults.Count > Math.Max(1, count / Tolerated))
            {
                throw new InputException($"{faults.Count} of {count} {items} cannot be read, too many to leave out; the last: {error.Message} " +
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
