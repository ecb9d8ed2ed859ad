using System.Collections.Concurrent;

namespace Seg.Train.Metrics;

/// <summary>Takes items from a slow source on a thread of its own, a few ahead of who uses them.</summary>
/// <param name="source">Read once, by that thread.</param>
/// <param name="ahead">Items that are read while another is used, at least 1.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class ReadAhead<T> : IDisposable where T : IDisposable
{
    private readonly BlockingCollection<T> items;
    private readonly CancellationTokenSource stop;
    private readonly Task reader;

    public ReadAhead(IEnumerable<T> source, int ahead, CancellationToken cancellation)
    {
        items = new(ahead);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        reader = Task.Factory.StartNew(() => Read(source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The items in their order; each is the caller's to dispose. What the source throws is thrown when its place is reached.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<T> Items()
    {
        foreach (var item in items.GetConsumingEnumerable(stop.Token))
            yield return item;
        reader.GetAwaiter().GetResult();
    }

    /// <summary>Waits until the thread has ended, and frees what it had read.</summary>
    public void Dispose()
    {
        stop.Cancel();
        ((IAsyncResult)reader).AsyncWaitHandle.WaitOne();
        while (items.TryTake(out var item))
            item.Dispose();
        items.Dispose();
        stop.Dispose();
    }

    private void Read(IEnumerable<T> source)
    {
        try
        {
            foreach (var item in source)
            {
                try
                {
                    items.Add(item, stop.Token);
                }
                catch
                {
                    item.Dispose();
                    throw;
                }
            }
        }
        finally
        {
            items.CompleteAdding();
        }
    }
}
