namespace Seg.Predict.Jobs;

/// <summary>Holds back what would take too much memory together with what is on its way already.</summary>
/// <param name="most">Bytes that may be on their way; one item may always pass.</param>
internal sealed class MemoryGate(long most)
{
    private readonly object state = new();
    private long held;

    /// <summary>Waits until there is room.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public void Enter(long bytes, CancellationToken stop)
    {
        using var waking = stop.Register(() =>
        {
            lock (state)
                Monitor.PulseAll(state);
        });
        lock (state)
        {
            while (held > 0 && held + bytes > most)
            {
                stop.ThrowIfCancellationRequested();
                Monitor.Wait(state);
            }
            held += bytes;
        }
    }

    /// <summary>Gives back what was entered with.</summary>
    public void Leave(long bytes)
    {
        lock (state)
        {
            held -= bytes;
            Monitor.PulseAll(state);
        }
    }
}
