using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>What a data set says of one person.</summary>
public sealed record PersonAnnotation
{
    /// <summary>The image's file.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The image's id in the annotations; where they have none, as in MPII, its place among them.</summary>
    public required long ImageId { get; init; }

    /// <summary>
    /// The person's id in the annotations or, where they have none, its place among them, from 0; of a detection, its place in the data set.
    /// </summary>
    public required long AnnotationId { get; init; }

    /// <summary>In image pixels, clipped to the image as the official code does before it crops.</summary>
    public required PersonBox Box { get; init; }

    /// <summary>In image pixels, in the order of the data set's keypoints; empty for a detection.</summary>
    public required LabelledKeypoint[] Keypoints { get; init; }

    /// <summary>Of the person, in square image pixels: the segment's where the annotations have one, else the box's.</summary>
    public required double Area { get; init; }

    /// <summary>Width and height of the image in pixels, as the annotations say; null where they do not.</summary>
    public (int Width, int Height)? ImageSize { get; init; }

    /// <summary>A detector's; 1 of annotations.</summary>
    public double Score { get; init; } = 1;
}
