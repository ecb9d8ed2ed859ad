using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;

namespace Seg.Train;

/// <summary>How a network is trained: the <c>train:</c> section of a config.</summary>
public sealed record TrainConfig : IChecked
{
    /// <summary>Passes over the training images. At least 1; default 60. Also the length of the learning-rate schedule.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>
    /// Images a step, of all ranks together where several train. At least 1, batch norm wants 4 or more; default 8. An epoch's last images, too few for a batch, wait for another
    /// epoch.
    /// </summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How the weights follow the gradients.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes from step to step.</summary>
    public ScheduleConfig Schedule { get; init; } = new PolyScheduleConfig();

    /// <summary>
    /// Batches a step, whose gradients are added up as those of one batch of all their images: for a large batch on a small device. At least 1,
    /// default 1. Batch norm still sees one batch at a time. An epoch's last batches, too few for a step, wait for another epoch.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// What is minimised: one loss, or a list of them, which are added up. Default: what the network is usually trained with, plain <c>cross_entropy</c> for
    /// segmentation, <c>keypoint_mse</c> for heatmaps of keypoints, <c>kl</c> for the codec <c>simcc</c>, <c>dekr</c> for bottom-up networks
    /// (<see cref="LossConfig.UsualOf"/>).
    /// </summary>
    [OneOrMore]
    public LossConfig[]? Loss { get; init; }

    /// <summary>
    /// What each of the network's outputs counts in the loss, in the order of the outputs (auxiliary heads have one each); each 0 or more. Default: as
    /// the network's authors have it.
    /// </summary>
    public double[]? OutputWeights { get; init; }

    /// <summary>A moving average of the weights, which is validated and saved as the model; default none.</summary>
    public AverageConfig? Ema { get; init; }

    /// <summary>Parameters that stay as they are; default none.</summary>
    public FreezeConfig Freeze { get; init; } = new();

    /// <summary>
    /// Number format of the forward and backward pass: <c>fp32</c>, or <c>bf16</c> by autocast (weights, batch-norm statistics, loss and
    /// optimizer stay float32). Default <c>auto</c>: bf16 where the device computes in it natively, else fp32. <c>fp16</c> is for GPUs
    /// that have no bf16; the loss is scaled so that small gradients do not vanish.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>
    /// Whether images and feature maps lie in memory with the channels innermost, which convolutions run faster on; default true. Results
    /// agree up to rounding.
    /// </summary>
    public bool ChannelsLast { get; init; } = true;

    /// <summary>
    /// Whether a GPU does forward and backward of a step as one recorded piece of work (a CUDA graph), which spares the processor a call for each
    /// kernel: for networks of many small kernels. It takes memory for the recording. Not with <see cref="Accumulate"/>, several ranks, or the
    /// loss <c>ohem</c>; default false.
    /// </summary>
    public bool CudaGraphs { get; init; }

    /// <summary>Epochs between two validations, at least 1; default 1. The last epoch is validated always.</summary>
    public int ValidateEvery { get; init; } = 1;

    /// <summary>
    /// The run ends when so many validations in a row have brought no better score (mean IoU, or AP); at least 1, default none: it ends after the last epoch.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>
    /// The run stops after the step in which this time is up, and saves a checkpoint: <c>45m</c>, <c>1h30m</c>, <c>2d</c>; default none. The time is that
    /// of one sitting. The schedule does not depend on it, so a run that is resumed goes on as if it had not been stopped.
    /// </summary>
    public string? MaxTime { get; init; }

    /// <summary>
    /// Validation images that are drawn, with prediction and truth, into the run's <c>previews</c> folder at each validation; 0 for none, default 4.
    /// </summary>
    public int Previews { get; init; } = 4;

    /// <summary>
    /// Whether batch norms of several ranks (processes that train together) see the batches of all of them, as one process would: <c>true</c>, <c>false</c>,
    /// or <c>auto</c> (default), which is true where a rank has fewer than 16 images a batch.
    /// </summary>
    public SyncBatchNorm SyncBatchNorm { get; init; } = SyncBatchNorm.Auto;

    /// <summary>Decides the initial weights, the order of the images and every augmentation; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Threads that read and augment images, 0 for one a processor core less one (at least one). Results do not depend on it.
    /// </summary>
    public int Workers { get; init; }

    /// <summary>Largest norm of all gradients taken together; larger ones are scaled down to it. Above 0; default none.</summary>
    public double? GradientClip { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Epochs < 1)
            yield return new(nameof(Epochs), $"is {Epochs}; must be at least 1");
        if (BatchSize < 1)
            yield return new(nameof(BatchSize), $"is {BatchSize}; must be at least 1");
        if (Accumulate < 1)
            yield return new(nameof(Accumulate), $"is {Accumulate}; must be at least 1");
        if (CudaGraphs && Accumulate > 1)
            yield return new(nameof(CudaGraphs), $"is true, which needs steps of one batch, but train.accumulate is {Accumulate}; change one of them");
        if (CudaGraphs && Loss is not null && Loss.Any(loss => loss is OhemConfig))
            yield return new(nameof(CudaGraphs), "is true, but ohem reads numbers back within a step; set it to false, or take another loss");
        if (Loss is { Length: 0 })
            yield return new(nameof(Loss), "is an empty list; give one loss or more, or leave it out");
        if (OutputWeights is { } weights && (weights.Any(weight => weight is not (>= 0 and < double.PositiveInfinity)) || weights.All(weight => weight == 0)))
            yield return new(nameof(OutputWeights), $"is [{string.Join(", ", weights)}]; each must be 0 or more, and one above 0");
        if (Patience is < 1)
            yield return new(nameof(Patience), $"is {Patience}; must be at least 1, or left out");
        if (MaxTime is not null && !Duration.TryParse(MaxTime, out _))
            yield return new(nameof(MaxTime), $"is '{MaxTime}'; must be {Duration.Example}");
        if (ValidateEvery < 1)
            yield return new(nameof(ValidateEvery), $"is {ValidateEvery}; must be at least 1");
        if (Previews < 0)
            yield return new(nameof(Previews), $"is {Previews}; must be 0 or more");
        if (Workers < 0)
            yield return new(nameof(Workers), $"is {Workers}; must be 0 (chosen by the number of cores) or more");
        if (GradientClip is not (null or > 0))
            yield return new(nameof(GradientClip), $"is {GradientClip}; must be above 0, or left out");
    }
}
