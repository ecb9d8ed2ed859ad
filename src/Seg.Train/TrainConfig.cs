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
    /// Images a step. At least 1, batch norm wants 4 or more; default 8. An epoch's last images, too few for a batch, wait for another
    /// epoch.
    /// </summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How the weights follow the gradients.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes from step to step.</summary>
    public ScheduleConfig Schedule { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossConfig Loss { get; init; } = new();

    /// <summary>
    /// Number format of the forward and backward pass: <c>fp32</c>, or <c>bf16</c> by autocast (weights, batch-norm statistics, loss and
    /// optimizer stay
    /// float32). Default <c>auto</c>: bf16 where the device computes in it natively, else fp32. <c>fp16</c> is for prediction alone.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>
    /// Whether images and feature maps lie in memory with the channels innermost, which convolutions run faster on; default true. Results
    /// agree up to rounding.
    /// </summary>
    public bool ChannelsLast { get; init; } = true;

    /// <summary>Epochs between two validations, at least 1; default 1. The last epoch is validated always.</summary>
    public int ValidateEvery { get; init; } = 1;

    /// <summary>
    /// Validation images that are written as overlays into the run's <c>previews</c> folder at each validation; 0 for none, default 4.
    /// </summary>
    public int Previews { get; init; } = 4;

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
        if (Precision == Precision.Fp16)
            yield return new(nameof(Precision), "is fp16, whose range is too small for gradients; must be auto, fp32 or bf16");
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
