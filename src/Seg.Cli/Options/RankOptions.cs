using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Seg.Cli.Ranks;
using Seg.Models;
using Seg.Train.Distributed;

namespace Seg.Cli.Options;

/// <summary>Training in several processes: <c>--nproc</c>, <c>--join-timeout</c>, and what the environment says.</summary>
internal sealed class RankOptions
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    private readonly Option<string> processes = new("--nproc")
    {
        Description = "Start N processes on this machine that train together. torchrun, Slurm and Kubeflow need no flag: see docs/distributed.md.",
        HelpName = "N",
    };

    private readonly Option<string> limit = new("--join-timeout")
    {
        Description = "How long the processes wait for each other at the start; 5m by default.",
        HelpName = "TIME",
    };

    public void AddTo(Command command)
    {
        command.Add(processes);
        command.Add(limit);
    }

    /// <summary>What starts the processes, where it is for this one to start them; else null.</summary>
    /// <exception cref="InputException">The number is none, or this process has been started as one of several already.</exception>
    public LocalLauncher? Launcher(ParseResult parsed, Terminal terminal)
    {
        int? count = parsed.GetValue(processes) is { } text ? NumberOptions.Whole(processes.Name, text, minimum: 1) : null;
        var isWorker = Environment.GetEnvironmentVariable("LOCAL_RANK") is { Length: > 0 };
        var plan = isWorker ? null : NodePlan.Read(Environment.GetEnvironmentVariable, count);
        if (count is not null && plan is null && RankPlacement.OfProcess() is { } placement)
            throw new InputException($"--nproc starts processes, but this is one of several already: rank {placement.Rank} of {placement.Size} ({placement.Source}). Leave --nproc out.");
        plan ??= count > 1 ? new NodePlan { Workers = count.Value, Port = FreePort() } : null;
        return plan is { Workers: > 1 } ? new LocalLauncher(terminal, plan, WithoutCount(parsed)) : null;
    }

    /// <summary>Meets the other processes, where the environment says that there are some.</summary>
    /// <exception cref="InputException">It contradicts itself, or they do not come or do not belong together.</exception>
    public IRanks Join(ParseResult parsed, RankPlacement? placement, Terminal terminal, CancellationToken cancellation)
    {
        var time = parsed.GetValue(limit) is { } text ? NumberOptions.Time(limit.Name, text) : DefaultLimit;
        return placement is null ? new OneRank() : new ManyRanks(placement, time, new StuckExit(terminal).After, cancellation);
    }

    /// <summary>A port that is free now. Another program may take it before rank 0 does, which rank 0 then says.</summary>
    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string[] WithoutCount(ParseResult parsed)
    {
        List<string> words = [.. parsed.Tokens.Select(token => token.Value)];
        for (var at = words.IndexOf(processes.Name); at >= 0; at = words.IndexOf(processes.Name))
            words.RemoveRange(at, 2);
        return [.. words];
    }
}
