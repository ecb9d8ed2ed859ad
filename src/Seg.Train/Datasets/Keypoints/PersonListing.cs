using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>The people of a split as the annotations alone tell them: no image is decoded yet.</summary>
/// <param name="People">Those who can be trained on, image by image.</param>
/// <param name="Faults">What keeps the split from being used, or is odd about it.</param>
internal sealed record PersonListing(IReadOnlyList<PersonAnnotation> People, IReadOnlyList<DataFault> Faults)
{
    /// <summary>A detector's boxes, image by image; null where people are cropped by their annotations.</summary>
    public IReadOnlyList<PersonAnnotation>? Detections { get; init; }

    /// <summary>All images with whoever is in them, in the order of the annotations; empty where a layout does not tell everybody in an image.</summary>
    public IReadOnlyList<SceneAnnotation> Scenes { get; init; } = [];

    /// <summary>Images that the annotations list.</summary>
    public int Images { get; init; }

    /// <summary>Annotations that mark a crowd; left out.</summary>
    public int Crowds { get; init; }

    /// <summary>People without any labelled keypoint; left out.</summary>
    public int Unlabelled { get; init; }

    /// <summary>A split that cannot be read.</summary>
    public static PersonListing Unusable(FaultKind kind, string detail, string path) => new([], [new(kind, detail) { File = path }]);
}
