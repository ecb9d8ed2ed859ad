using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Remembers which items of a data set are faulty, for those that leave them out, and keeps what is to be told of them.</summary>
/// <param name="count">Items of the data set.</param>
/// <param name="items">What messages call them: "images".</param>
internal sealed class FaultTolerance(int count, string items)
{
    /// <summary>One item in so many may be faulty. When a disk has gone, nothing should be trained on what is left in the cache.</summary>
    private const int Tolerated = 10;

    private readonly object gate = new();
    private readonly Dictionary<int, string> faults = [];
    private readonly Queue<string> untold = new();

    /// <summary>Items that could not be read so far.</summary>
    public int Faulty
    {
        get
        {
            lock (gate)
                return faults.Count;
        }
    }

    /// <summary>Whether an item can be read, as far as is known.</summary>
    public bool IsSound(int index)
    {
        lock (gate)
            return !faults.ContainsKey(index);
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

    /// <exception cref="InputException">More than a tenth of the items is faulty.</exception>
    public void Remember(int index, InputException error)
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
