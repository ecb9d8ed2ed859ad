using System.Globalization;
using Seg.Models;

namespace Seg.Train.Distributed;

/// <summary>The processes that one machine ("node") is to start: those of <c>--nproc</c>, alone or on each of several machines.</summary>
public sealed record NodePlan
{
    /// <summary>Machines.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>From 0.</summary>
    public int Node { get; init; }

    /// <summary>Processes on each machine; at least 1.</summary>
    public required int Workers { get; init; }

    /// <summary>The machine of node 0.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Where rank 0 opens its store.</summary>
    public required int Port { get; init; }

    /// <summary>What Kubeflow tells torchrun about this machine (PET_NNODES, PET_NPROC_PER_NODE, …), for this program to be started in torchrun's place.</summary>
    /// <param name="variable">The value of an environment variable; null or empty where it is not set.</param>
    /// <param name="workers">In place of PET_NPROC_PER_NODE.</param>
    /// <returns>null where it says nothing.</returns>
    /// <exception cref="InputException">Variables are missing or contradict each other.</exception>
    public static NodePlan? Read(Func<string, string?> variable, int? workers = null)
    {
        EnvironmentVariables environment = new(variable);
        if (!environment.Has("PET_NNODES") && !environment.Has("PET_NPROC_PER_NODE"))
            return null;
        var nodes = ParseNodes(environment["PET_NNODES"] ?? "1");
        // Words such as auto and gpu mean one process a GPU, which torchrun counts; here each process starts with --nproc where there are more.
        var perNode = workers ?? (int.TryParse(environment["PET_NPROC_PER_NODE"], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1);
        var node = environment.Number(
            environment.Has("PET_NODE_RANK") ? "PET_NODE_RANK" : "RANK", minimum: 0, $"as PET_NNODES is {nodes}: which machine this is", nodes == 1 ? 0 : null);
        if (node >= nodes)
            throw new InputException($"This machine has the number {node} (PET_NODE_RANK), but with {nodes} machines (PET_NNODES) they have 0 to {nodes - 1}.");
        var (host, port) = Meeting(environment, nodes);
        return new NodePlan { Nodes = nodes, Node = node, Workers = perNode, Host = host, Port = port };
    }

    /// <summary>One of this machine's processes.</summary>
    public RankPlacement Worker(int local) => new()
    {
        Rank = Node * Workers + local,
        Size = Nodes * Workers,
        LocalRank = local,
        LocalSize = Workers,
        Host = Host,
        Port = Port,
        Source = Nodes > 1 ? "Kubeflow" : "seg train --nproc",
    };

    private static int ParseNodes(string text)
    {
        var range = text.Split(':');
        return range.Length <= 2 && range[0] == range[^1] && int.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) && nodes > 0
            ? nodes
            : throw new InputException($"PET_NNODES is '{text}'; a run has one number of machines, such as {range[^1]}, from its start to its end.");
    }

    private static (string Host, int Port) Meeting(EnvironmentVariables environment, int nodes)
    {
        var endpoint = (environment["PET_RDZV_ENDPOINT"] ?? "").Split(':');
        var needed = $"as PET_NNODES is {nodes}: the machine of rank 0";
        var alone = nodes == 1 ? "127.0.0.1" : null;
        var host = environment["PET_MASTER_ADDR"] ?? environment["MASTER_ADDR"] ?? (endpoint[0].Length > 0 ? endpoint[0] : alone)
            ?? environment.Text("PET_MASTER_ADDR", needed);
        var known = endpoint.Length == 2 && int.TryParse(endpoint[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 29500;
        return (host, environment.Number(environment.Has("PET_MASTER_PORT") ? "PET_MASTER_PORT" : "MASTER_PORT", minimum: 1, fallback: known));
    }
}
