using Seg.Models;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Train.Checkpoints;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>The network of a training and all that follows its steps: optimizer, average of the weights, scale of the gradient.</summary>
internal sealed class TrainedNetwork : IDisposable
{
    /// <summary>Images a rank below which batch norm's own statistics are poor; see <see cref="SyncBatchNorm.Auto"/>.</summary>
    private const int SmallBatch = 16;

    private readonly TrainConfig train;
    private readonly Device device;
    private readonly NetworkOptimizer? optimizer;
    private readonly Network? averaged;
    private readonly WeightAverage? average;
    private readonly GradientScaler? scaler;
    private GradientExchange? exchange;

    /// <param name="config">Of the network, its first weights and its training.</param>
    /// <param name="device">Where it trains.</param>
    /// <param name="type">Float32, or the type of the forward pass.</param>
    /// <param name="readsWeights">Whether the weights that the config names are read: they are not where a checkpoint or another rank gives its own.</param>
    /// <exception cref="InputException">The weights or what the config asks for do not fit the network.</exception>
    public TrainedNetwork(RunConfig config, Device device, ScalarType type, bool readsWeights)
    {
        (train, this.device, Type) = (config.Train, device, type);
        // Made before the generator is seeded: the weights of a run are the same with an average and without.
        averaged = train.Ema is null ? null : NetworkFactory.Create(config.Model);
        manual_seed(train.Seed);
        Network = NetworkFactory.Create(config.Model);
        try
        {
            if (readsWeights && config.Weights is { } initial)
                InitialWeights = WeightsLoader.Load(Network, initial);
            Place(Network);
            if (averaged is not null)
                average = new WeightAverage(Network, Place(averaged), train.Ema!);
            Network.train();
            Freezing.Apply(Network, train.Freeze);
            RequireOutputs(Network, train.OutputWeights);
            optimizer = new NetworkOptimizer(Network, train.Optimizer);
            scaler = type == ScalarType.Float16 ? new GradientScaler() : null;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is trained.</summary>
    public Network Network { get; }

    /// <summary>What is validated and saved: the average of the weights where one is kept, else the network itself.</summary>
    public Network Model => averaged ?? Network;

    /// <summary>What became of the weights that the config names; null where it names none, or the run is continued.</summary>
    public WeightsReport? InitialWeights { get; }

    /// <summary>Float32, or the type of the forward pass.</summary>
    public ScalarType Type { get; }

    /// <summary>What makes a step of training.</summary>
    /// <param name="ranks">Who take part in each step.</param>
    /// <param name="graph">Of one rank: what records the step; null for none.</param>
    public TrainingStep Step(ITrainingLoss loss, IRanks ranks, GraphedWork? graph = null)
    {
        exchange = ranks.Exchange(optimizer!.Parameters, SeesAllBatches(ranks));
        return new(Network, optimizer!, loss, device, Type, train.ChannelsLast, train.GradientClip)
        {
            Scaler = scaler,
            Average = average,
            Exchange = exchange,
            Graph = graph,
        };
    }

    /// <summary>Gives all ranks rank 0's weights, and each random numbers of its own.</summary>
    public void Share(IRanks ranks)
    {
        ShareTensors(ranks, network => network.state_dict().Values);
        if (!ranks.IsFirst)
            manual_seed(train.Seed + ((long)ranks.Rank << 32));
    }

    /// <summary>Gives all ranks rank 0's running statistics: where batch norms are not synchronised, each rank has its own.</summary>
    public void ShareStatistics(IRanks ranks) => ShareTensors(ranks, network => network.named_buffers().Select(buffer => buffer.buffer));

    /// <summary>Saves what the training goes on from. All ranks call it.</summary>
    /// <param name="checkpoints">Of rank 0, which writes; null on all others.</param>
    /// <exception cref="TrainingDivergedException">A weight is not finite; what was saved before stays.</exception>
    /// <exception cref="IOException">It cannot be written; what was saved before stays.</exception>
    public void Save(CheckpointStore? checkpoints, TrainingPosition position, IRanks ranks)
    {
        using var own = get_rng_state();
        var random = ranks.GatherBytes(own.data<byte>().ToArray());
        checkpoints?.Save(Network, optimizer!, position, average, scaler, random);
    }

    /// <summary>Takes up what was saved. All ranks call it.</summary>
    /// <param name="checkpoints">Of rank 0, which reads and gives the others what it has read; null on all others.</param>
    /// <param name="warn">Told of a damaged checkpoint.</param>
    /// <exception cref="InputException">There is no checkpoint, or it is of another network or optimizer.</exception>
    public TrainingPosition Restore(CheckpointStore? checkpoints, Action<string> warn, IRanks ranks)
    {
        var position = checkpoints?.Load(Network, optimizer!, warn, average, scaler);
        if (ranks.Size == 1)
            return position!;
        using SharedFile file = new(ranks, checkpoints?.LastLoaded);
        return position ?? TrainingCheckpoint.Load(file.Path, Network, optimizer!, average, scaler, ranks.Rank);
    }

    public void Dispose()
    {
        exchange?.Dispose();
        optimizer?.Dispose();
        averaged?.Dispose();
        Network.Dispose();
    }

    private Network Place(Network network)
    {
        network.to(device);
        if (train.ChannelsLast)
            TorchRuntime.Current.ChannelsLast(network);
        return network;
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

    private bool SeesAllBatches(IRanks ranks) => train.SyncBatchNorm switch
    {
        SyncBatchNorm.Auto => train.BatchSize / ranks.Size < SmallBatch,
        var chosen => chosen == SyncBatchNorm.True,
    };

    private void ShareTensors(IRanks ranks, Func<Network, IEnumerable<Tensor>> select)
    {
        if (ranks.Size > 1)
            ranks.Broadcast([.. new[] { Network, averaged }.OfType<Network>().SelectMany(select)]);
    }
}
