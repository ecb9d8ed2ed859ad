using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>What a data set says of everybody in one image.</summary>
internal sealed record SceneAnnotation
{
    /// <summary>The image's file.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The image's id in the annotations.</summary>
    public required long ImageId { get; init; }

    /// <summary>Width and height of the image in pixels, as the annotations say; null where they do not.</summary>
    public (int Width, int Height)? ImageSize { get; init; }

    /// <summary>Those who have keypoints.</summary>
    public required IReadOnlyList<PersonAnnotation> People { get; init; }

    /// <summary>Boxes in which there are others whose keypoints are not known: crowds, and people who were left out.</summary>
    public required IReadOnlyList<PersonBox> Unannotated { get; init; }
}
