using System.Diagnostics;

namespace Seg.Train.Distributed;

/// <summary>Waits for calls that may never return: those of a store behind a connection that is cut.</summary>
internal static class Patience
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>What the call gives, or throws. One that does not return in time is left behind on its own thread.</summary>
    /// <param name="late">What to throw then.</param>
    public static T Within<T>(TimeSpan limit, Func<T> call, Func<Exception> late, CancellationToken cancellation = default)
    {
        var task = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var clock = Stopwatch.StartNew();
        while (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Interval))
        {
            cancellation.ThrowIfCancellationRequested();
            if (clock.Elapsed > limit)
                throw late();
        }
        return task.GetAwaiter().GetResult();
    }
}
