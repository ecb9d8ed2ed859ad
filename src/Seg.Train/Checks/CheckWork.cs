namespace Seg.Train.Checks;

/// <summary>Looks into the images of several splits on several threads.</summary>
internal static class CheckWork
{
    /// <summary>Images of each split that a quick check looks at, spread evenly over it.</summary>
    private const int QuickImages = 24;

    /// <param name="counts">How many images each split has.</param>
    /// <param name="inspect">Looks into one, by the split's and its own number.</param>
    /// <param name="progress">Told how many of the images are done, after each.</param>
    /// <returns>For each split what was found in the images that were looked into, in their order: the same for any number of threads.</returns>
    public static T[][] Inspect<T>(
        IReadOnlyList<int> counts, Func<int, int, T> inspect, DataCheckOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        var work = counts.SelectMany((count, split) => Chosen(count, options.Depth).Select(image => (Split: split, Image: image))).ToArray();
        var found = new T[work.Length];
        var done = 0;
        object gate = new();
        ParallelWork.Run(options.Threads > 0 ? options.Threads : Environment.ProcessorCount, work.Length, cancellation, place =>
        {
            found[place] = inspect(work[place].Split, work[place].Image);
            lock (gate)
                progress?.Invoke(++done, work.Length);
        });
        return [.. counts.Select((_, split) => found.Where((_, place) => work[place].Split == split).ToArray())];
    }

    private static IEnumerable<int> Chosen(int count, CheckDepth depth)
    {
        var chosen = depth switch { CheckDepth.Full => count, CheckDepth.Quick => Math.Min(count, QuickImages), _ => 0 };
        return Enumerable.Range(0, chosen).Select(number => (int)((long)number * count / chosen));
    }
}
