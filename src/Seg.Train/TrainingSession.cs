using Seg.Models;
using Seg.Models.Weights;
using Seg.Train.Checkpoints;
using Seg.Train.Distributed;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using Seg.Train.Tasks;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>
/// All that one sitting of a training holds open: task, network, run directory. Made in an order in which wrong input fails before anything is
/// written.
/// </summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly List<IDisposable> open = [];
    private readonly ITrainingProgress progress;
    private readonly CheckpointStore? checkpoints;

    /// <exception cref="InputException">Config or data are wrong, or there is nothing to resume.</exception>
    public TrainingSession(RunConfig config, TrainerOptions options, ITrainingProgress progress, CancellationToken cancellation)
    {
        (Config, Device, Ranks, this.progress) = (config, options.Device, options.Ranks, progress);
        try
        {
            var type = TrainingPrecision.Resolve(config.Train.Precision, options.Device);
            var graph = config.Train.CudaGraphs ? Keep(OpenGraph()) : null;
            Task = Keep(TrainingTask.Open(config));
            RequireShares();
            Ranks.RequireSame(StartFactsReader.Read(config, type, Task));
            // Rank 0 looks at the data and reads what there is of the run; the others wait for it here.
            var resumed = Ranks.IsFirst && options.Resume ? ResumedRun.Find(options, config, progress.Warning) : null;
            var warnings = Ranks.IsFirst && resumed is null ? Task.Check(cancellation) : [];
            var isResumed = Ranks.FromFirst(() => resumed is not null);
            Network = Keep(new TrainedNetwork(config, options.Device, type, readsWeights: Ranks.IsFirst && !isResumed));
            Loader = Keep(Task.Load(RankShare.Of(Ranks)));
            Loader.Device = options.Device;
            BatchesPerStep = Math.Min(config.Train.Accumulate, Loader.BatchesPerEpoch);
            Step = Network.Step(Keep(Task.Loss(Network.Network, options.Device, cancellation)), Ranks, graph);
            Schedule = new LearningRateSchedule(config.Train.Schedule, config.Train.Optimizer.LearningRate, TotalSteps, StepsPerEpoch);

            Run = RunDirectory.Named(Ranks.FromFirst(() => (resumed ?? RunDirectory.Create(options.RunDirectory, config)).Folder));
            if (Ranks.IsFirst)
            {
                Keep(new RunLock(Run.Folder));
                if (Network.InitialWeights is { } weights)
                    Run.WriteWeights(weights);
                checkpoints = new CheckpointStore(Run);
            }
            Network.Share(Ranks);
            if (isResumed)
                Resume(config);
            else
                Position = new TrainingPosition { StepsPerEpoch = StepsPerEpoch };
            if (Ranks.IsFirst)
            {
                RunEnvironment.Current(options.Device.ToString(), TrainingPrecision.NameOf(type), get_num_threads(), config.Train.Seed)
                    .Write(Run.Environment);
                Log = Keep(new RunLog(Run, Position.Step));
            }
            foreach (var warning in warnings)
                progress.Warning(warning);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RunConfig Config { get; }

    /// <summary>Where the network trains.</summary>
    public Device Device { get; }

    /// <summary>The processes that train together.</summary>
    public IRanks Ranks { get; }

    public TrainingTask Task { get; }

    public TrainedNetwork Network { get; }

    public BatchLoader Loader { get; }

    public TrainingStep Step { get; }

    public LearningRateSchedule Schedule { get; }

    public RunDirectory Run { get; }

    /// <summary>Of rank 0; null on all others.</summary>
    public RunLog? Log { get; }

    /// <summary>Batches whose gradients make a step.</summary>
    public int BatchesPerStep { get; }

    public int StepsPerEpoch => Loader.BatchesPerEpoch / BatchesPerStep;

    /// <summary>Steps of the whole run.</summary>
    public long TotalSteps => (long)Config.Train.Epochs * StepsPerEpoch;

    /// <summary>
    /// Where in its schedule the run is, of <see cref="TotalSteps"/>: what is done, had all epochs had as many steps as they have now.
    /// </summary>
    public long ScheduleStep => (long)Position.Epoch * StepsPerEpoch + Position.Batch;

    /// <summary>Where the network trains, and in which type: "cpu, bf16".</summary>
    public string DeviceName => $"{Device}, {TrainingPrecision.NameOf(Network.Type)}";

    /// <summary>What is done, up to the last step.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>Saves what the run goes on from, then the model file. All ranks call it, and rank 0 writes.</summary>
    /// <exception cref="TrainingDivergedException">A weight is not finite; what was saved before stays.</exception>
    /// <exception cref="IOException">It cannot be written; what was saved before stays.</exception>
    public void Save()
    {
        Network.Save(checkpoints, Position, Ranks);
        SaveModel(Run.LastModel);
    }

    /// <summary>Writes a model file, on rank 0.</summary>
    /// <exception cref="TrainingDivergedException">A weight is not finite; nothing is written.</exception>
    /// <exception cref="IOException">It cannot be written; an older file is as it was.</exception>
    public void SaveModel(string path)
    {
        if (!Ranks.IsFirst)
            return;
        TrainingCheckpoint.RequireFinite(Network.Model, Position.Step);
        ModelFile.Save(path, Network.Model, Task.Description);
        progress.Saved(path);
    }

    /// <summary>Tells of files that were left out since the last call.</summary>
    public void TellFaultyFiles()
    {
        foreach (var line in Task.TakeUntold())
            progress.Warning(line);
    }

    public void Dispose()
    {
        for (var index = open.Count - 1; index >= 0; index--)
            open[index].Dispose();
        open.Clear();
    }

    /// <exception cref="InputException">There are several ranks, or no GPU.</exception>
    private GraphedWork OpenGraph() => Ranks.Size == 1
        ? GraphedWork.Open(Device)
        : throw new InputException($"train.cuda_graphs is true, which is for one process, and there are {Ranks.Size}; set train.cuda_graphs=false.");

    /// <exception cref="InputException">A batch, or all the data, cannot be shared out among the ranks.</exception>
    private void RequireShares()
    {
        var (size, ranks) = (Config.Train.BatchSize, Ranks.Size);
        if (size % ranks != 0)
        {
            throw new InputException(
                $"train.batch_size is {size}, which {ranks} ranks cannot share evenly; set it to {(size + ranks - 1) / ranks * ranks}, or start another number of ranks.");
        }
        if (Task.TrainingCount < ranks)
            throw new InputException($"There are {Task.TrainingCount} {Task.Items} to train on, fewer than {ranks} ranks; start fewer.");
    }

    private T Keep<T>(T part) where T : IDisposable
    {
        open.Add(part);
        return part;
    }

    /// <summary>Takes the run up where it stopped. Between two epochs, those that follow may have another number of steps.</summary>
    /// <exception cref="InputException">Its checkpoint does not fit the network, or it is within an epoch of another number of steps.</exception>
    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(Position))]
    private void Resume(RunConfig config)
    {
        Position = Network.Restore(checkpoints, progress.Warning, Ranks);
        var before = Position.StepsPerEpoch;
        // Of older checkpoints it is not known how many steps their epochs had.
        var isSplit = before is null
            ? Position.Batch > StepsPerEpoch
            : before != StepsPerEpoch && Position.Batch > 0 && Position.Batch < before;
        if (isSplit)
        {
            var had = before is null ? "" : $", which had {before} steps";
            throw new InputException(
                $"The run in '{Run.Folder}' stopped after step {Position.Batch} of epoch {Position.Epoch + 1}{had}; epochs now have " +
                $"{StepsPerEpoch}: train.batch_size, train.accumulate or the number of {Task.Items} has changed. Set that back until the " +
                $"epoch is done (the run's config is {Run.Config}), or start a new run.");
        }
        Position = Position with { StepsPerEpoch = StepsPerEpoch, Batch = Position.Batch == before ? StepsPerEpoch : Position.Batch };
        if (Ranks.IsFirst)
            Run.WriteConfig(config);
    }
}
