namespace Seg.Predict;

/// <summary>What is wanted of one image besides the class of each pixel.</summary>
public sealed record LabelMapRequest
{
    /// <summary>Whether the map tells how sure the network is of each pixel.</summary>
    public bool Confidence { get; init; }

    /// <summary>Given the probabilities of all classes, on the calling thread; they are never in memory all at once. null: nobody wants them.</summary>
    public ProbabilityRows? Probabilities { get; init; }

    /// <summary>Told, where an image is done in steps, which part of it is done, 0–1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Ends the prediction, in the middle of an image where that is done in steps.</summary>
    public CancellationToken Cancellation { get; init; }
}
