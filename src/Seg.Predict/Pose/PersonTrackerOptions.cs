namespace Seg.Predict.Pose;

/// <summary>How persons are followed from frame to frame.</summary>
public sealed record PersonTrackerOptions
{
    /// <summary>OKS from which on a person is taken for one of the frames before; 0–1.</summary>
    public double MinSimilarity { get; init; } = 0.3;

    /// <summary>Frames after which a person who is not seen is forgotten: who comes back later is somebody new. 1 or more.</summary>
    public int TimeOut { get; init; } = 25;

    /// <summary>Keypoints whose score is above this in both frames are compared.</summary>
    public double KeypointThreshold { get; init; } = 0.2;
}
