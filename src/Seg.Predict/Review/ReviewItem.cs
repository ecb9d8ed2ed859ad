using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>One image with all that is shown of it. Nothing of it is kept or changed.</summary>
public sealed record ReviewItem
{
    /// <summary>By which people know it, unlike every other item's: a relative path with '/' and no extension.</summary>
    public required string Name { get; init; }

    /// <summary>The image file; null where there is none, as of a video's frame: then the review's own picture stands for it.</summary>
    public required string? Source { get; init; }

    /// <summary>CV_8UC3 in BGR.</summary>
    public required Mat Image { get; init; }

    /// <summary>Of the image's size, with its confidence where that is known; null of pose.</summary>
    public LabelMap? Labels { get; init; }

    /// <summary>What the labels should be, where that is known.</summary>
    public ReviewTruth? Truth { get; init; }

    /// <summary>In image pixels; null of segmentation.</summary>
    public IReadOnlyList<Person>? Persons { get; init; }

    /// <summary>Who should have been found, where that is known; null of segmentation.</summary>
    public IReadOnlyList<ReviewTruePerson>? TruePersons { get; init; }

    /// <summary>Other files that the prediction left of this image, below the review's folder; the page links to them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
