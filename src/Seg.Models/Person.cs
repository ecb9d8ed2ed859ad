namespace Seg.Models;

/// <summary>A person that a predictor has found in an image.</summary>
public sealed record Person
{
    /// <summary>In the order of the network's <see cref="KeypointSet"/>, in image pixels.</summary>
    public required Keypoint[] Keypoints { get; init; }

    public required PersonBox Box { get; init; }

    /// <summary>How sure the predictor is of the whole person; by it persons are ranked.</summary>
    public required float Score { get; init; }

    /// <summary>The same for the same person in all frames of a video; null outside videos.</summary>
    public int? TrackId { get; init; }
}
