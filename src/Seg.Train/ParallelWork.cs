using System.Runtime.ExceptionServices;

namespace Seg.Train;

/// <summary>Work of many equal parts on several threads.</summary>
internal static class ParallelWork
{
    /// <summary>Like Parallel.For, but an error comes out as itself.</summary>
    /// <param name="workers">Threads at most.</param>
    /// <param name="count">Parts.</param>
    /// <param name="work">Does one, by its number from 0.</param>
    public static void Run(int workers, int count, CancellationToken cancellation, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, work);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }
}
