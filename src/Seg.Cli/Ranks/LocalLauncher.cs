using System.Diagnostics;
using Seg.Train.Distributed;

namespace Seg.Cli.Ranks;

/// <summary>Starts the processes of <c>--nproc</c> on this machine, passes on what they write, and ends them all when one fails.</summary>
internal sealed class LocalLauncher(Terminal terminal, NodePlan plan, IReadOnlyList<string> arguments)
{
    /// <summary>What the ranks have to end by themselves, with their own words, after one has failed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <returns>0, 130 where they were interrupted and have saved, or the code of the rank that failed first.</returns>
    public int Run(CancellationToken cancellation)
    {
        LocalWorker[] workers = [.. Enumerable.Range(0, plan.Workers).Select(local => new LocalWorker(terminal, plan.Worker(local), arguments))];
        try
        {
            return Watch(workers, cancellation);
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
        }
    }

    private int Watch(LocalWorker[] workers, CancellationToken cancellation)
    {
        LocalWorker? failed = null;
        var sinceFailure = new Stopwatch();
        while (workers.Any(worker => !worker.HasExited))
        {
            Thread.Sleep(Look);
            if (cancellation.IsCancellationRequested)
                Array.ForEach(workers, worker => worker.Interrupt());
            failed ??= workers.FirstOrDefault(worker => worker.HasFailed);
            if (failed is null)
                continue;
            sinceFailure.Start();
            if (sinceFailure.Elapsed > Grace)
                Array.ForEach(workers, worker => worker.Kill());
        }
        failed ??= workers.FirstOrDefault(worker => worker.HasFailed);
        if (failed is null)
            return workers.Max(worker => worker.ExitCode);
        // One that was killed is the cause, whoever noticed it first.
        failed = workers.FirstOrDefault(worker => worker.WasKilled && !worker.WasKilledHere) ?? failed;
        terminal.Error.WriteLine($"seg: {failed.Obituary}");
        return failed.WasKilled ? ExitCode.Failed : failed.ExitCode;
    }
}
