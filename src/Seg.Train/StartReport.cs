using Seg.Models.Weights;
using Seg.Train.Metrics;

namespace Seg.Train;

/// <summary>What a run is about to do.</summary>
public sealed record StartReport
{
    /// <summary>Where its files go.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Trainable numbers in the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Images (or people in images) to train on.</summary>
    public required int TrainingItems { get; init; }

    public required int ValidationItems { get; init; }

    /// <summary>What they are called: "images".</summary>
    public required string Items { get; init; }

    /// <summary>What decides which epoch is the best.</summary>
    public required ScoreKind Score { get; init; }

    /// <summary>All epochs of the run, those already done included.</summary>
    public required int Epochs { get; init; }

    public required int StepsPerEpoch { get; init; }

    /// <summary>The first step to come, from 0; above 0 when the run is continued.</summary>
    public required long FirstStep { get; init; }

    /// <summary>What became of the weights that the run starts from; null where they are drawn, or the run is continued.</summary>
    public WeightsReport? Weights { get; init; }

    /// <summary>Processes that train together.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Such as "cpu, bf16, 2 threads".</summary>
    public required string Device { get; init; }
}
