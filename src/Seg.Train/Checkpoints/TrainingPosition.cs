using System.Text.Json.Serialization;

namespace Seg.Train.Checkpoints;

/// <summary>Where in its run a training is: what decides the next step, beside weights, optimizer and random numbers.</summary>
public sealed record TrainingPosition
{
    /// <summary>Epochs done in full, validation included; the epoch under way, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Steps done in the epoch under way. All of the epoch's, where only its validation is missing.</summary>
    public int Batch { get; init; }

    /// <summary>Steps of an epoch, of which <see cref="Batch"/> are done; null in older checkpoints.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Steps done in the run.</summary>
    public long Step { get; init; }

    /// <summary>Sum of the losses of the epoch's steps so far, and of how many.</summary>
    public double LossSum { get; init; }

    public int LossCount { get; init; }

    /// <summary>Best value so far of the score that decides; null before the first validation.</summary>
    public double? BestScore { get; init; }

    /// <summary>What checkpoints called <see cref="BestScore"/> while there was segmentation alone; they are still read.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal double? BestMeanIoU
    {
        get => null;
        init => BestScore = value;
    }

    /// <summary>The epoch of that validation, from 1.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Validations since then without a better one.</summary>
    public int ValidationsSinceBest { get; init; }

    /// <summary>Updates that the average of the weights has had; 0 without one.</summary>
    public long AverageUpdates { get; init; }

    /// <summary>What the loss is multiplied by in float16, and for how many steps it has been so; null in other types.</summary>
    public double? GradientScale { get; init; }

    public int GradientScaleSteps { get; init; }

    /// <summary>Mean loss of the epoch's steps so far; not a number before the first.</summary>
    [JsonIgnore]
    public double MeanLoss => LossSum / LossCount;

    /// <summary>
    /// The position after one more step. A step without a loss (every pixel ignored) is a step, but does not count in the mean.
    /// </summary>
    public TrainingPosition AfterStep(double? loss) => this with
    {
        Batch = Batch + 1,
        Step = Step + 1,
        LossSum = LossSum + (loss ?? 0),
        LossCount = LossCount + (loss is null ? 0 : 1),
    };

    public TrainingPosition AfterEpoch() => this with { Epoch = Epoch + 1, Batch = 0, LossSum = 0, LossCount = 0 };
}
