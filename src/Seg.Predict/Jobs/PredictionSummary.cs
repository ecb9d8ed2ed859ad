namespace Seg.Predict.Jobs;

/// <summary>What a prediction did.</summary>
public sealed record PredictionSummary
{
    /// <summary>Images predicted, frames of videos not counted.</summary>
    public required int Images { get; init; }

    public required int Videos { get; init; }

    /// <summary>Frames of all videos.</summary>
    public required int Frames { get; init; }

    /// <summary>From the first file read to the last one written.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What each stage of <see cref="PredictionStages"/> took of all images and frames together, in their order. Stages overlap.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Stages { get; init; } = [];

    /// <summary>The folder that holds the results.</summary>
    public required string Output { get; init; }

    /// <summary>Every file that was written, in the order of the inputs.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The page on which the images can be looked through; null where none was asked for.</summary>
    public string? Review { get; init; }

    /// <summary>Inputs that could not be read, or that the network does not take, in their order.</summary>
    public required IReadOnlyList<PredictionFailure> Failures { get; init; }

    /// <summary>Things worth telling that were no failures, such as a video that ends early; one line each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What to know about the results, such as where their ids are from; one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Images and frames in a second, reading and writing included.</summary>
    public double ImagesPerSecond => (Images + Frames) / Math.Max(1e-9, Elapsed.TotalSeconds);
}
