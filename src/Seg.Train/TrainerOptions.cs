using Seg.Train.Distributed;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>What a training run is told beside its config: where it runs and where its files go.</summary>
public sealed record TrainerOptions
{
    /// <summary>
    /// The run directory, such as <c>runs/camvid_hrnet_w18s</c>. If another run is there, the next free name (<c>…2</c>, <c>…3</c>) is
    /// taken; <see cref="Resume"/> continues the run in this very folder. <see cref="Runs.RunDirectory.NameFor"/> makes a name of a config
    /// file.
    /// </summary>
    public required string RunDirectory { get; init; }

    /// <summary>Whether to continue from the run's last checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Whether <see cref="Resume"/> continues the last run of the name that has a checkpoint (<c>…3</c>, say) instead of the one in
    /// <see cref="RunDirectory"/>: for a name that nobody chose, as it is a config's.
    /// </summary>
    public bool ResumesLatest { get; init; }

    /// <summary>Time after which this sitting stops and saves; null: as <c>train.max_time</c> says.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Where the network trains; the CPU by default.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>
    /// Threads that the network computes on; null: as many as libtorch takes itself. Results repeat bit by bit for one number of threads.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>The processes that train together; the caller's. One alone by default.</summary>
    public IRanks Ranks { get; init; } = new OneRank();
}
