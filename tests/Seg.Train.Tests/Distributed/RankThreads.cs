using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Seg.Train.Distributed;

namespace Seg.Train.Tests.Distributed;

/// <summary>Ranks as threads of the test's process: they meet, and talk to each other, as processes do.</summary>
internal static class RankThreads
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Where a test's ranks meet.</summary>
    public static RankPlacement Placement(int rank, int size, int port) =>
        new() { Rank = rank, Size = size, Host = "127.0.0.1", Port = port, Source = "a test" };

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs the work on each rank; what the first failing one throws, this throws.</summary>
    public static void Run(int size, Action<IRanks> work) => Run(size, FreePort(), work);

    /// <summary>The same, at a port that the test knows.</summary>
    public static void Run(int size, int port, Action<IRanks> work)
    {
        var failures = Try([.. Enumerable.Range(0, size).Select(rank => Placement(rank, size, port))], work);
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>What each of these ranks throws; null where nothing.</summary>
    public static Exception?[] Try(IReadOnlyList<RankPlacement> placements, Action<IRanks> work, TimeSpan? limit = null)
    {
        var failures = new Exception?[placements.Count];
        var threads = placements.Select((placement, index) => new Thread(() =>
        {
            try
            {
                using ManyRanks ranks = new(placement, limit ?? Limit);
                try
                {
                    work(ranks);
                }
                catch (Exception error)
                {
                    throw ranks.Failed(error);
                }
                ranks.Leave();
            }
            catch (Exception error)
            {
                failures[index] = error;
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return failures;
    }
}
