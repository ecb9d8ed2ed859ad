using System.Runtime.ExceptionServices;
using Seg.Models.Runtime;

namespace Seg.Models.Tests.Runtime.Distributed;

/// <summary>Ranks as threads of the test's process: they talk to each other as processes do.</summary>
internal static class RankThreads
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the work on each rank; what the first failing one throws, this throws.</summary>
    public static void Run(int size, Action<int, IProcessGroup> work)
    {
        using var server = TorchRuntime.Current.OpenStore("127.0.0.1", port: 0, isServer: true, "", Limit);
        var failures = new Exception?[size];
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                using var store = TorchRuntime.Current.OpenStore("127.0.0.1", server.Port, isServer: false, "test/", Limit);
                using var group = TorchRuntime.Current.JoinGroup(store, "127.0.0.1", rank, size, Limit);
                work(rank, group);
            }
            catch (Exception error)
            {
                failures[rank] = error;
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }
}
