namespace Seg.Train.Metrics.Keypoints;

/// <summary>An annotated person, as COCO's keypoint evaluation sees it. Coordinates are image pixels.</summary>
public sealed record TruePerson
{
    /// <summary>
    /// Id of the annotation; COCO's start at 1. The official code notes a match by it, so that one with the id 0 counts as unmatched, here too.
    /// </summary>
    public required long Id { get; init; }

    public required long ImageId { get; init; }

    /// <summary>Categories are scored apart and then averaged. Default 1, COCO's person.</summary>
    public long CategoryId { get; init; } = 1;

    /// <summary>x, y and visibility (0 not labelled, 1 hidden, 2 visible) of each keypoint in turn.</summary>
    public required double[] Keypoints { get; init; }

    /// <summary>Of the person's outline, in pixels²: the scale of OKS, and what "medium" and "large" go by.</summary>
    public required double Area { get; init; }

    /// <summary>x, y, width, height: by which detections are compared with a person that has no labelled keypoint.</summary>
    public required double[] Box { get; init; }

    /// <summary>Whether this is a group, which takes any number of detections, none of which then counts.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Labelled keypoints, as the annotation says (num_keypoints); a person with 0 is not to be found, whatever <see cref="Keypoints"/> say.</summary>
    public required int LabelledCount { get; init; }

    /// <summary>Whether finding the person is neither right nor wrong.</summary>
    internal bool IsIgnored => IsCrowd || LabelledCount == 0;
}
