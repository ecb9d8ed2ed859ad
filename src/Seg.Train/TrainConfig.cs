using Seg.Models;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;

namespace Seg.Train;

/// <summary>How a network is trained: the <c>train:</c> section of a config.</summary>
public sealed record TrainConfig
{
    /// <summary>Passes over the training images. At least 1; default 60. Also the length of the learning-rate schedule.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Images a step. At least 1, batch norm wants 4 or more; default 8. An epoch's last, smaller batch is used too, unless it is left out by the loader.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How the weights follow the gradients.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes from step to step.</summary>
    public ScheduleConfig Schedule { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossConfig Loss { get; init; } = new();

    /// <summary>
    /// Number format of the forward and backward pass: <c>fp32</c>, or <c>bf16</c> by autocast (weights, batch-norm statistics, loss and optimizer stay
    /// float32). Default <c>auto</c>: bf16 where the device computes in it natively, else fp32. <c>fp16</c> is for prediction alone.
    /// </summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Whether images and feature maps lie in memory with the channels innermost, which convolutions run faster on; default true. Results agree up to rounding.</summary>
    public bool ChannelsLast { get; init; } = true;

    /// <summary>Epochs between two validations, at least 1; default 1. The last epoch is validated always.</summary>
    public int ValidateEvery { get; init; } = 1;

    /// <summary>Validation images that are written as overlays into the run's <c>previews</c> folder at each validation; 0 for none, default 4.</summary>
    public int Previews { get; init; } = 4;

    /// <summary>Decides the initial weights, the order of the images and every augmentation; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Threads that read and augment images, 0 for one a processor core less one (at least one). Results do not depend on it.</summary>
    public int Workers { get; init; }

    /// <summary>Largest norm of all gradients taken together; larger ones are scaled down to it. Above 0; default none.</summary>
    public double? GradientClip { get; init; }

    /// <exception cref="InputException">A value is out of its range.</exception>
    public void Validate()
    {
        Require(Epochs >= 1, "epochs", Epochs, "at least 1");
        Require(BatchSize >= 1, "batch_size", BatchSize, "at least 1");
        Require(ValidateEvery >= 1, "validate_every", ValidateEvery, "at least 1");
        Require(Previews >= 0, "previews", Previews, "0 or more");
        Require(Workers >= 0, "workers", Workers, "0 (chosen by the number of cores) or more");
        Require(GradientClip is null or > 0, "gradient_clip", GradientClip, "above 0, or left out");
        Require(Precision != Precision.Fp16, "precision", "fp16", "auto, fp32 or bf16: fp16 has too small a range for gradients");
        Optimizer.Validate();
        Schedule.Validate();
        Loss.Validate();
    }

    /// <summary>One form for all messages on values of this section.</summary>
    internal static void Require(bool holds, string key, object? value, string rule)
    {
        if (!holds)
            throw new InputException($"train.{key} is {value}; it must be {rule}.");
    }
}
