using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Checkpoints;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>
/// All that one sitting of a training holds open: data, network, optimizer, run directory. Made in an order in which wrong input fails
/// before anything is written.
/// </summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly List<IDisposable> open = [];
    private readonly ITrainingProgress progress;
    private readonly Device device;
    private readonly NetworkOptimizer optimizer;
    private readonly CheckpointStore checkpoints;
    private readonly WeightAverage? average;
    private readonly GradientScaler? scaler;

    /// <exception cref="InputException">Config or data are wrong, or there is nothing to resume.</exception>
    public TrainingSession(RunConfig config, TrainerOptions options, ITrainingProgress progress, CancellationToken cancellation)
    {
        (Config, this.progress, device) = (config, progress, options.Device);
        try
        {
            if (config.Data is null)
                throw new InputException("The config has no 'data:' section, which training needs; see configs/camvid for one.");
            var data = SegmentationDataConfig.Require(config.Data);
            Type = ResolveType(config.Train.Precision, options.Device);
            Training = Open(data, "train");
            Validation = Open(data, "val");
            RequireSegmentation(config, Training.Labels);
            var resumed = options.Resume ? FindRun(options, config) : null;
            var warnings = resumed is null ? StartCheck.Run(config, cancellation) : [];

            // Made before the generator is seeded: the weights of a run are the same with an average and without.
            var average = config.Train.Ema is null ? null : Keep(NetworkFactory.Create(config.Model));
            manual_seed(config.Train.Seed);
            Network = Keep(NetworkFactory.Create(config.Model));
            if (resumed is null && config.Weights is { } initial)
                InitialWeights = WeightsLoader.Load(Network, initial);
            Place(Network, config, options.Device);
            if (average is not null)
            {
                Place(average, config, options.Device);
                this.average = new WeightAverage(Network, average, config.Train.Ema!);
            }
            Network.train();
            Freezing.Apply(Network, config.Train.Freeze);
            RequireOutputs(Network, config.Train.OutputWeights);
            optimizer = Keep(new NetworkOptimizer(Network, config.Train.Optimizer));
            Description = new ModelDescription
            {
                Model = config.Model,
                Labels = Training.Labels,
                Normalization = config.Normalization,
                InputSize = data.Augmentation.CropSize,
            };
            Loader = Keep(new BatchLoader(
                Training, data.Augmentation, config.Normalization, config.Train.BatchSize, config.Train.Seed, config.Train.Workers));
            BatchesPerStep = Math.Min(config.Train.Accumulate, Loader.BatchesPerEpoch);
            var terms = LossFactory.Create(config.Train.Loss, Training, options.Device, cancellation);
            var loss = Keep(new SegmentationLoss(Network, terms, config.Train.OutputWeights));
            scaler = Type == ScalarType.Float16 ? new GradientScaler() : null;
            Step = new TrainingStep(Network, optimizer, loss, options.Device, Type, config.Train.ChannelsLast, config.Train.GradientClip)
            {
                Scaler = scaler,
                Average = this.average,
            };
            Schedule = new LearningRateSchedule(config.Train.Schedule, config.Train.Optimizer.LearningRate, TotalSteps, StepsPerEpoch);

            Run = resumed ?? RunDirectory.Create(options.RunDirectory, config);
            Keep(new RunLock(Run.Folder));
            if (InitialWeights is not null)
                Run.WriteWeights(InitialWeights);
            checkpoints = new CheckpointStore(Run);
            Position = resumed is null ? new TrainingPosition() : checkpoints.Load(Network, optimizer, progress.Warning, this.average, scaler);
            if (Position.Batch > StepsPerEpoch)
            {
                throw new InputException(
                    $"The run in '{Run.Folder}' stopped at step {Position.Batch} of an epoch, but epochs now have {StepsPerEpoch} " +
                    "steps: data, batch size or accumulation have changed. Start a new run.");
            }
            if (resumed is not null)
                Run.WriteConfig(config);
            RunEnvironment.Current(options.Device.ToString(), PrecisionName, get_num_threads(), config.Train.Seed).Write(Run.Environment);
            Log = Keep(new RunLog(Run, Position.Step));
            var predictor = new PredictorOptions { Device = options.Device, Precision = config.Train.Precision, InputSize = data.ValidationSize };
            Validator = new Validator(Validation, Description, predictor, Run, Log, config.Train.Previews);
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

    public ISegmentationDataset Training { get; }

    public ISegmentationDataset Validation { get; }

    /// <summary>What is trained.</summary>
    public Network Network { get; }

    /// <summary>What became of the weights that the config names; null where it names none, or the run is continued.</summary>
    public WeightsReport? InitialWeights { get; }

    /// <summary>What is validated and saved: the average of the weights where one is kept, else the network itself.</summary>
    public Network Model => average?.Network ?? Network;

    public ModelDescription Description { get; }

    public BatchLoader Loader { get; }

    public TrainingStep Step { get; }

    public LearningRateSchedule Schedule { get; }

    public RunDirectory Run { get; }

    public RunLog Log { get; }

    public Validator Validator { get; }

    /// <summary>Batches whose gradients make a step.</summary>
    public int BatchesPerStep { get; }

    public int StepsPerEpoch => Loader.BatchesPerEpoch / BatchesPerStep;

    /// <summary>Float32, or the type of the forward pass.</summary>
    public ScalarType Type { get; }

    /// <summary>The type's name in configs.</summary>
    public string PrecisionName => Type switch { ScalarType.Float32 => "fp32", ScalarType.Float16 => "fp16", _ => "bf16" };

    /// <summary>Where the network trains, and in which type: "cpu, bf16".</summary>
    public string DeviceName => $"{device}, {PrecisionName}";

    /// <summary>What is done, up to the last step.</summary>
    public TrainingPosition Position { get; set; }

    /// <summary>Steps of the whole run.</summary>
    public long TotalSteps => (long)Config.Train.Epochs * StepsPerEpoch;

    /// <summary>Saves what the run goes on from, then the model file.</summary>
    /// <exception cref="TrainingDivergedException">A weight is not finite; what was saved before stays.</exception>
    /// <exception cref="IOException">It cannot be written; what was saved before stays.</exception>
    public void Save()
    {
        checkpoints.Save(Network, optimizer, Position, average, scaler);
        SaveModel(Run.LastModel);
    }

    public void SaveModel(string path)
    {
        ModelFile.Save(path, Model, Description);
        progress.Saved(path);
    }

    /// <summary>Tells of files that were left out since the last call.</summary>
    public void TellFaultyFiles()
    {
        foreach (var dataset in new[] { Training, Validation }.OfType<TolerantDataset>())
        {
            foreach (var line in dataset.TakeUntold())
                progress.Warning(line);
        }
    }

    public void Dispose()
    {
        for (var index = open.Count - 1; index >= 0; index--)
            open[index].Dispose();
        open.Clear();
    }

    private T Keep<T>(T part) where T : IDisposable
    {
        open.Add(part);
        return part;
    }

    private static void Place(Network network, RunConfig config, Device device)
    {
        network.to(device);
        if (config.Train.ChannelsLast)
            TorchRuntime.Current.ChannelsLast(network);
    }

    /// <summary>Opens a split; what it keeps in memory is freed with the session, and its faulty files are left out if the config says so.</summary>
    private ISegmentationDataset Open(SegmentationDataConfig data, string split)
    {
        var dataset = DatasetFactory.Create(data, split);
        if (dataset is IDisposable holdsMemory)
            open.Add(holdsMemory);
        return data.FaultyImages == FaultyImagePolicy.Skip ? new TolerantDataset(dataset) : dataset;
    }

    private static ScalarType ResolveType(Precision precision, Device device)
    {
        var type = precision.ToScalarType(device);
        if (type == ScalarType.Float16 && device.type != DeviceType.CUDA)
        {
            throw new InputException(
                "train.precision is fp16, which trains on a GPU alone; set train.precision=bf16 or fp32, or take --device cuda.");
        }
        if (type == ScalarType.Float32 || TorchRuntime.Current.HasAutocast)
            return type;
        return precision == Precision.Auto
            ? ScalarType.Float32
            : throw new InputException(
                $"train.precision is {precision.ToString().ToLowerInvariant()}, which needs autocast, and these bindings have none; " +
                "set train.precision=fp32.");
    }

    private static void RequireOutputs(Network network, double[]? weights)
    {
        if (weights is not null && weights.Length != network.OutputWeights.Count)
        {
            throw new InputException(
                $"train.output_weights has {weights.Length} values, but the network has {network.OutputWeights.Count} outputs; give one an output, " +
                $"such as [{string.Join(", ", network.OutputWeights)}], or leave it out.");
        }
    }

    private static void RequireSegmentation(RunConfig config, LabelSet labels)
    {
        if (config.Model is not SegmentationConfig)
            throw new InputException("The data has masks, from which networks of model.type: segmentation learn; the model is of another type.");
        if (config.Model.NumClasses != labels.Count)
        {
            throw new InputException(
                $"model.num_classes is {config.Model.NumClasses}, but the data has {labels.Count} classes; " +
                $"set model.num_classes={labels.Count}.");
        }
    }

    /// <summary>The run to continue, whose model must be this one. Other changes are told, as they are the user's to make.</summary>
    private RunDirectory FindRun(TrainerOptions options, RunConfig config)
    {
        var run = RunDirectory.Find(options.RunDirectory);
        var differences = ConfigDifference.Between(ConfigReader.Read<RunConfig>(run.Config), config);
        var changes = differences.Where(difference => difference.Key.StartsWith("model.", StringComparison.Ordinal)).ToArray();
        if (changes.Length > 0)
        {
            throw new InputException(
                $"The run in '{run.Folder}' has another model: {string.Join(", ", changes)}. " +
                $"Resume it with its own config, {run.Config}, or start a new run.");
        }
        if (differences.Count > 0)
            progress.Warning($"Going on with a changed config: {string.Join(", ", differences)}.");
        return run;
    }
}
