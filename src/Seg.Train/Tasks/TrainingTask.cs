using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using Seg.Train.Metrics;
using static TorchSharp.torch;

namespace Seg.Train.Tasks;

/// <summary>What a network is trained for: its data, what is minimised, how it is scored. All that the trainer knows of it is here.</summary>
internal abstract class TrainingTask : IDisposable
{
    private readonly List<IDisposable> open = [];

    /// <summary>What an item of the data is called: "images".</summary>
    public abstract string Items { get; }

    /// <summary>Items to train on.</summary>
    public abstract int TrainingCount { get; }

    public abstract int ValidationCount { get; }

    /// <summary>What decides which epoch is the best: the first of the scores.</summary>
    public abstract ScoreKind Score { get; }

    /// <summary>What the model file says of the network.</summary>
    public abstract ModelDescription Description { get; }

    /// <summary>What sets how large the images are that it trains on.</summary>
    public virtual SizeOption Size => SizeOption.Crop;

    /// <summary>Opens the data that a config names and sees whether the model fits them. Nothing is decoded yet.</summary>
    /// <exception cref="InputException">There are no data, or they are wrong, or nothing validates, or the model is for another task.</exception>
    public static TrainingTask Open(RunConfig config)
    {
        var task = Create(config);
        if (task.ValidationCount > 0)
            return task;
        task.Dispose();
        throw new InputException($"There are no {task.Items} to validate on in 'val'; add some, or name another folder or list with data.splits.");
    }

    /// <summary>The images to train and to validate on, in their order.</summary>
    public abstract IEnumerable<string> Files { get; }

    /// <summary>What messages call an item to train on.</summary>
    public abstract string NameOf(int index);

    /// <summary>Looks for faults in the data, as deep as the config says.</summary>
    /// <returns>What the user should know: a line for each kind of warning.</returns>
    /// <exception cref="InputException">There is an error: the first one, and how many more there are.</exception>
    public abstract IReadOnlyList<string> Check(CancellationToken cancellation);

    /// <summary>The training data as batches; the caller's to dispose.</summary>
    /// <param name="share">Which part of each batch is loaded.</param>
    public abstract BatchLoader Load(RankShare share);

    /// <summary>What is minimised; the caller's to dispose.</summary>
    /// <param name="network">Whose outputs the loss is of.</param>
    /// <param name="device">Where outputs and targets will lie.</param>
    public abstract ITrainingLoss Loss(Network network, Device device, CancellationToken cancellation);

    /// <summary>A network as it is now, to be scored on the validation data; the caller's to dispose.</summary>
    /// <param name="device">Where it predicts.</param>
    /// <param name="ranks">Among whom the data are shared out; all get the scores of all.</param>
    public abstract IEvaluation Evaluate(Network network, Device device, IRanks ranks);

    /// <summary>A line for each file that was left out since the last call.</summary>
    public abstract IEnumerable<string> TakeUntold();

    public void Dispose()
    {
        for (var index = open.Count - 1; index >= 0; index--)
            open[index].Dispose();
        open.Clear();
    }

    /// <param name="count">Classes or keypoints of the data.</param>
    /// <param name="kind">What they are called: "classes".</param>
    /// <exception cref="InputException">The model has another number of them.</exception>
    protected static void RequireClasses(ModelConfig model, int count, string kind)
    {
        if (model.NumClasses != count)
            throw new InputException($"model.num_classes is {model.NumClasses}, but the data has {count} {kind}; set model.num_classes={count}.");
    }

    /// <summary>Frees a part's memory with the task, where it holds any.</summary>
    protected T Keep<T>(T part)
    {
        if (part is IDisposable holdsMemory)
            open.Add(holdsMemory);
        return part;
    }

    private static TrainingTask Create(RunConfig config) => config.Data switch
    {
        null => throw new InputException("The config has no 'data:' section, which training needs; see configs/camvid for one."),
        PoseDataConfig people when config.Model is BottomUpPoseConfig model => new BottomUpTask(config, people, model),
        PoseDataConfig people => new PoseTask(config, people),
        _ => new SegmentationTask(config, SegmentationDataConfig.Require(config.Data)),
    };
}
