using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Seg.Predict;

/// <summary>
/// Three stages that work at the same time, on neighbouring items: one thread reads, the caller's thread transforms, one thread writes.
/// </summary>
internal static class Pipeline
{
    /// <inheritdoc cref="Run{TSource, TResult}(Func{CancellationToken, IEnumerable{TSource}}, Func{IEnumerable{TSource}, IEnumerable{TResult}}, Action{TResult}, int, CancellationToken)"/>
    public static void Run<TSource, TResult>(
        IEnumerable<TSource> source, Func<IEnumerable<TSource>, IEnumerable<TResult>> transform, Action<TResult> write, int capacity,
        CancellationToken cancellation)
        where TSource : IDisposable
        where TResult : IDisposable => Run(_ => source, transform, write, capacity, cancellation);

    /// <summary>
    /// Passes the items of the source through both other stages, in order. The first failure of any stage, or a cancellation, stops all
    /// three; items on their way are disposed, and the failure is thrown here.
    /// </summary>
    /// <param name="source">Given what says that the stages stop, for a source that waits for something.</param>
    /// <param name="transform">
    /// Makes a stream of results of the stream of items, so that it may gather several before it hands on the first. Takes items over:
    /// disposes them, or hands them on inside results; also when its enumerator is disposed before the end.
    /// </param>
    /// <param name="write">Takes the result over.</param>
    /// <param name="capacity">Items that may wait between two stages.</param>
    public static void Run<TSource, TResult>(
        Func<CancellationToken, IEnumerable<TSource>> source, Func<IEnumerable<TSource>, IEnumerable<TResult>> transform, Action<TResult> write,
        int capacity, CancellationToken cancellation)
        where TSource : IDisposable
        where TResult : IDisposable
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using BlockingCollection<TSource> waiting = new(capacity);
        using BlockingCollection<TResult> finished = new(capacity);
        ConcurrentQueue<Exception> failures = new();

        var reader = Start(() => Forward(source(stop.Token), waiting, stop.Token));
        var writer = Start(() =>
        {
            foreach (var result in finished.GetConsumingEnumerable(stop.Token))
                write(result);
        });
        Guard(() => Forward(transform(waiting.GetConsumingEnumerable(stop.Token)), finished, stop.Token));
        Task.WaitAll(reader, writer);

        while (waiting.TryTake(out var item))
            item.Dispose();
        while (finished.TryTake(out var result))
            result.Dispose();
        if (failures.TryDequeue(out var failure))
            ExceptionDispatchInfo.Throw(failure);
        cancellation.ThrowIfCancellationRequested();

        Task Start(Action stage) =>
            Task.Factory.StartNew(() => Guard(stage), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        void Guard(Action stage)
        {
            try
            {
                stage();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Another stage failed, or the caller gave up; either is reported when all have stopped.
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
                stop.Cancel();
            }
        }
    }

    private static void Forward<T>(IEnumerable<T> items, BlockingCollection<T> next, CancellationToken stop)
        where T : IDisposable
    {
        try
        {
            foreach (var item in items)
            {
                try
                {
                    next.Add(item, stop);
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
            next.CompleteAdding();
        }
    }
}
