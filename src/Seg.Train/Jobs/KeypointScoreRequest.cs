namespace Seg.Train.Jobs;

/// <summary>What <see cref="KeypointScoreJob"/> compares.</summary>
public sealed record KeypointScoreRequest
{
    /// <summary>COCO keypoints file of the annotated persons.</summary>
    public required string Truth { get; init; }

    /// <summary>COCO keypoint results.</summary>
    public required string Detections { get; init; }

    /// <summary>Name or file of a keypoint set, or a file of numbers: OKS's constants, one a keypoint. Null: COCO's, for 17 keypoints.</summary>
    public string? Sigmas { get; init; }
}
