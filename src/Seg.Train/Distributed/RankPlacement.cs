using System.Globalization;
using Seg.Models;

namespace Seg.Train.Distributed;

/// <summary>Which of several processes ("ranks") that train together this one is, and where they meet.</summary>
public sealed record RankPlacement
{
    /// <summary>From 0, which writes the run's files.</summary>
    public required int Rank { get; init; }

    /// <summary>How many there are; at least 2.</summary>
    public required int Size { get; init; }

    /// <summary>From 0, among those of this machine: the number of its GPU.</summary>
    public int LocalRank { get; init; }

    /// <summary>How many this machine has, where that is known; else 1.</summary>
    public int LocalSize { get; init; } = 1;

    /// <summary>Rank 0's machine.</summary>
    public required string Host { get; init; }

    /// <summary>Where rank 0 opens the store by which all find each other.</summary>
    public required int Port { get; init; }

    /// <summary>Who says so: "torchrun".</summary>
    public required string Source { get; init; }

    /// <summary>Whether a store is there already, kept by torchrun's agent.</summary>
    public bool HasStore { get; init; }

    /// <summary>What sets the keys of this start apart from those of one before, in a store that outlives it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What the variables of this process's environment say.</summary>
    /// <inheritdoc cref="Read"/>
    public static RankPlacement? OfProcess() => Read(Environment.GetEnvironmentVariable);

    /// <summary>
    /// Reads what starts this process: torchrun, <c>seg train --nproc</c> and Kubeflow's training operator (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT),
    /// Kubeflow's variables for torchrun (PET_…), or Slurm's srun (SLURM_…).
    /// </summary>
    /// <param name="variable">The value of an environment variable; null or empty where it is not set.</param>
    /// <returns>null where there is one process alone.</returns>
    /// <exception cref="InputException">Variables are missing or contradict each other.</exception>
    public static RankPlacement? Read(Func<string, string?> variable)
    {
        EnvironmentVariables environment = new(variable);
        var workers = NodePlan.Read(variable);
        var isWorker = environment.Has("LOCAL_RANK") || workers is null;
        if (isWorker && (environment.Has("WORLD_SIZE") || (environment.Has("RANK") && environment.Has("MASTER_ADDR"))))
            return OfRank(environment);
        if (workers is not null)
            return workers is { Workers: 1, Nodes: > 1 } ? workers.Worker(0) : null;
        return environment.Has("SLURM_PROCID") && environment.Has("SLURM_NTASKS") ? OfSlurm(environment) : null;
    }

    private static RankPlacement? OfRank(EnvironmentVariables environment)
    {
        var size = environment.Number("WORLD_SIZE", minimum: 1, needed: "as RANK is set: how many processes train together");
        if (size == 1)
            return null;
        var rank = environment.Number("RANK", minimum: 0, needed: $"as WORLD_SIZE is {size}: which of these processes this one is, from 0");
        var isTorchrun = environment.Has("TORCHELASTIC_RUN_ID");
        var hasStore = environment["TORCHELASTIC_USE_AGENT_STORE"] == "True";
        return Checked(new RankPlacement
        {
            Rank = rank,
            Size = size,
            LocalRank = environment.Number("LOCAL_RANK", minimum: 0, fallback: 0),
            LocalSize = environment.Number("LOCAL_WORLD_SIZE", minimum: 1, fallback: 1),
            Host = environment.Text("MASTER_ADDR", $"as WORLD_SIZE is {size}: the machine of rank 0"),
            Port = environment.Number("MASTER_PORT", minimum: 1, needed: $"as WORLD_SIZE is {size}: a free port of rank 0's machine"),
            Source = isTorchrun ? "torchrun" : environment.Has("SEG_WORKER") ? "seg train --nproc" : "RANK and WORLD_SIZE",
            HasStore = hasStore,
            Prefix = hasStore ? $"seg/{environment["TORCHELASTIC_RESTART_COUNT"]}/" : "",
        });
    }

    private static RankPlacement? OfSlurm(EnvironmentVariables environment)
    {
        var size = environment.Number(environment.Has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS", minimum: 1);
        if (size == 1)
            return null;
        var nodes = environment.Has("SLURM_STEP_NODELIST") ? "SLURM_STEP_NODELIST" : "SLURM_JOB_NODELIST";
        var job = environment.Has("MASTER_PORT") ? 0 : environment.Number("SLURM_JOB_ID", minimum: 0, needed: "as SLURM_PROCID is: the port follows from it");
        return Checked(new RankPlacement
        {
            Rank = environment.Number("SLURM_PROCID", minimum: 0),
            Size = size,
            LocalRank = environment.Number("SLURM_LOCALID", minimum: 0, fallback: 0),
            LocalSize = environment["SLURM_TASKS_PER_NODE"] is { } tasks && int.TryParse(tasks.Split('(', ',')[0], CultureInfo.InvariantCulture, out var local) ? local : 1,
            Host = environment["MASTER_ADDR"] ?? SlurmNodes.First(environment.Text(nodes, "as SLURM_PROCID is: rank 0 runs on the first of these machines")),
            // Jobs that share a machine get ports of their own.
            Port = environment.Number("MASTER_PORT", minimum: 1, fallback: 15000 + job % 10000),
            Source = "Slurm",
        });
    }

    private static RankPlacement Checked(RankPlacement placement)
    {
        if (placement.Rank >= placement.Size)
            throw new InputException($"This process is rank {placement.Rank}, but with {placement.Size} ranks they have the numbers 0 to {placement.Size - 1} ({placement.Source}).");
        if (placement.Port > ushort.MaxValue)
            throw new InputException($"The port is {placement.Port}; ports go up to {ushort.MaxValue} ({placement.Source}).");
        return placement;
    }
}
