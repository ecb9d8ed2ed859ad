using System.Runtime.ExceptionServices;

namespace Seg.Train.Loading;

/// <summary>
/// The batches of one epoch on their way: threads take samples in order and fill them, the consumer takes the batches in order. A failure
/// is thrown when the consumer reaches its batch, so that what comes before it does not depend on the threads' pace.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    private readonly object gate = new();
    private readonly Dictionary<int, PendingBatch> pending = [];
    private readonly IReadOnlyList<int[]> batches;
    private readonly BatchPool pool;
    private readonly Action<PendingBatch, int> fill;
    private readonly int ahead;
    private readonly Thread[] threads;
    private int nextBatch, nextSample, taken;
    private ExceptionDispatchInfo? broken;
    private bool stopped;

    /// <param name="batches">The data set's items, batch by batch.</param>
    /// <param name="pool">Gives the memory; failed and unused batches go back to it.</param>
    /// <param name="fill">Makes one sample of a batch; called by several threads at a time.</param>
    /// <param name="threads">How many, at least 1.</param>
    /// <param name="ahead">Batches that may be begun before the consumer asks for them, at least 1.</param>
    public BatchQueue(IReadOnlyList<int[]> batches, BatchPool pool, Action<PendingBatch, int> fill, int threads, int ahead)
    {
        (this.batches, this.pool, this.fill, this.ahead) = (batches, pool, fill, ahead);
        this.threads = new Thread[threads];
        for (var index = 0; index < threads; index++)
        {
            this.threads[index] = new Thread(Work) { IsBackground = true, Name = $"seg loader {index}" };
            this.threads[index].Start();
        }
    }

    /// <summary>Waits for the next batch; the caller takes it over, and returns its buffer to the pool.</summary>
    public PendingBatch Take(CancellationToken cancellation)
    {
        using var wake = cancellation.Register(() => { lock (gate) Monitor.PulseAll(gate); });
        PendingBatch? batch;
        lock (gate)
        {
            cancellation.ThrowIfCancellationRequested();
            while (!pending.TryGetValue(taken, out batch) || batch.Missing > 0)
            {
                broken?.Throw();
                Monitor.Wait(gate);
                cancellation.ThrowIfCancellationRequested();
            }
            pending.Remove(taken++);
            Monitor.PulseAll(gate);
        }
        if (batch.Failure is { } failure)
        {
            pool.Return(batch.Buffer);
            failure.Error.Throw();
        }
        return batch;
    }

    /// <summary>The next batch, as <see cref="Take"/> gives it, if it is ready and has not failed; null otherwise.</summary>
    public PendingBatch? TakeReady()
    {
        lock (gate)
        {
            if (!pending.TryGetValue(taken, out var batch) || batch.Missing > 0 || batch.Failure is not null)
                return null;
            pending.Remove(taken++);
            Monitor.PulseAll(gate);
            return batch;
        }
    }

    /// <summary>Stops the threads and waits until they have; each finishes the sample that it is at.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
        foreach (var thread in threads)
            thread.Join();
        foreach (var batch in pending.Values)
            pool.Return(batch.Buffer);
        pending.Clear();
    }

    private void Work()
    {
        try
        {
            FillBatches();
        }
        catch (Exception error)
        {
            // No memory for another batch. An exception that left the thread would end the process.
            lock (gate)
            {
                broken ??= ExceptionDispatchInfo.Capture(error);
                Monitor.PulseAll(gate);
            }
        }
    }

    private void FillBatches()
    {
        while (Next() is var (batch, sample))
        {
            Exception? failure = null;
            try
            {
                fill(batch, sample);
            }
            catch (Exception error)
            {
                failure = error;
            }
            lock (gate)
            {
                if (failure is not null)
                    batch.Fail(sample, failure);
                if (--batch.Missing == 0)
                    Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>The next sample to make; null when the epoch is over.</summary>
    private (PendingBatch Batch, int Sample)? Next()
    {
        lock (gate)
        {
            while (!stopped && nextBatch < batches.Count && nextBatch >= taken + ahead)
                Monitor.Wait(gate);
            if (stopped || nextBatch == batches.Count)
                return null;
            if (!pending.TryGetValue(nextBatch, out var batch))
                pending.Add(nextBatch, batch = new PendingBatch(pool.Rent(), batches[nextBatch]));
            var next = (batch, nextSample);
            if (++nextSample == batch.Indices.Length)
                (nextBatch, nextSample) = (nextBatch + 1, 0);
            return next;
        }
    }
}
