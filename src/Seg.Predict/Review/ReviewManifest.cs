using System.Security.Cryptography;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>What review.json holds: what all items have in common, and by what the browser knows the review again.</summary>
internal sealed record ReviewManifest
{
    /// <summary>Decisions are kept in the browser under it: all pages on a disk share one store there.</summary>
    public required string Id { get; init; }

    /// <summary>The folder's name.</summary>
    public required string Title { get; init; }

    public required string Model { get; init; }

    /// <summary>Names and colours ("#rrggbb") in the order of the ids; null of pose.</summary>
    public NamedColor[]? Classes { get; init; }

    /// <summary>Names and colours in the network's order; null of segmentation.</summary>
    public NamedColor[]? Keypoints { get; init; }

    /// <summary>Pairs of indices of keypoints.</summary>
    public int[][] Skeleton { get; init; } = [];

    public sealed record NamedColor(string Name, string Color);

    public static ReviewManifest Of(string folder, ReviewSubject subject) => new()
    {
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Title = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)),
        Model = subject.Model,
        Classes = Named(subject.Classes?.Names, subject.Classes?.Colors),
        Keypoints = Named(subject.Keypoints?.Names, subject.Keypoints?.Colors),
        Skeleton = subject.Keypoints?.Skeleton ?? [],
    };

    /// <summary>Whether items of both can stand in one review: class ids and keypoints mean the same.</summary>
    public bool FitsWith(ReviewManifest other) =>
        Same(Classes, other.Classes) && Same(Keypoints, other.Keypoints)
        && Skeleton.Length == other.Skeleton.Length && Skeleton.Zip(other.Skeleton).All(pair => pair.First.SequenceEqual(pair.Second));

    private static bool Same(NamedColor[]? first, NamedColor[]? second) =>
        first is null ? second is null : second is not null && first.SequenceEqual(second);

    private static NamedColor[]? Named(string[]? names, Rgb[]? colors) =>
        names is null ? null : [.. names.Zip(colors!, (name, color) => new NamedColor(name, $"#{color.R:x2}{color.G:x2}{color.B:x2}"))];
}
