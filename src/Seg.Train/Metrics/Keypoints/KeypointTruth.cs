namespace Seg.Train.Metrics.Keypoints;

/// <summary>The annotated persons of a COCO keypoints file.</summary>
public sealed record KeypointTruth
{
    /// <summary>Of the images that the file lists, in its order.</summary>
    public required IReadOnlyList<TruePerson> Persons { get; init; }

    /// <summary>Ids of the images; some may have no person.</summary>
    public required IReadOnlySet<long> Images { get; init; }

    /// <summary>Ids of the categories.</summary>
    public required IReadOnlySet<long> Categories { get; init; }

    /// <summary>Names of the keypoints; numbers from 1 where the file does not say any.</summary>
    public required IReadOnlyList<string> KeypointNames { get; init; }

    /// <summary>What is odd about the file but does not keep it from being scored.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
