namespace Seg.Train.Distributed;

/// <summary>What ranks do together.</summary>
internal static class RanksExtensions
{
    /// <summary>Runs what each rank does by itself; where any is cancelled in it, all are.</summary>
    /// <exception cref="OperationCanceledException">This rank or another was cancelled.</exception>
    public static void RunTogether(this IRanks ranks, Action work, CancellationToken cancellation)
    {
        var isCancelled = false;
        try
        {
            work();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            isCancelled = true;
        }
        if (ranks.Any(isCancelled))
            throw new OperationCanceledException(cancellation);
    }
}
