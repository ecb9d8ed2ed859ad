using Seg.Models.Configuration;

namespace Seg.Models;

/// <summary>The keypoints of a pose network, in the order of its output channels: what a model file carries of them.</summary>
public sealed record KeypointSet : IChecked
{
    /// <summary>σ where none is known: what COCO measured for shoulders, which lie between its eyes (0.025) and hips (0.107).</summary>
    public const double UsualSigma = 0.079;

    /// <summary>One name a keypoint; index i is output channel i.</summary>
    public required string[] Names { get; init; }

    /// <summary>The limbs that a skeleton is drawn of: pairs of indices of keypoints, from 0.</summary>
    public int[][] Skeleton { get; init; } = [];

    /// <summary>
    /// Pairs of indices of keypoints that change places when an image is mirrored, from 0; each keypoint stands in one pair at most.
    /// </summary>
    public int[][] FlipPairs { get; init; } = [];

    /// <summary>Indices of the keypoints above the hips, from 0, by which training crops half a body; empty: bodies stay whole.</summary>
    public int[] UpperBody { get; init; } = [];

    /// <summary>
    /// One a keypoint, above 0: the deviation of annotators from each other over the root of the person's area, σ of COCO's object keypoint
    /// similarity (<c>kpt_oks_sigmas</c> in its code), which is exp(−d² / (2 · area · (2σ)²)) of a distance d.
    /// </summary>
    public required double[] Sigmas { get; init; }

    /// <summary>One a keypoint, for drawings. A limb takes the mean of its two ends.</summary>
    public required Rgb[] Colors { get; init; }

    public int Count => Names.Length;

    /// <summary>
    /// For each keypoint the index of the one that it becomes in a mirrored image: its own where it is on the body's middle.
    /// </summary>
    public int[] Mirrored
    {
        get
        {
            int[] mirrored = [.. Enumerable.Range(0, Count)];
            foreach (var pair in FlipPairs)
                (mirrored[pair[0]], mirrored[pair[1]]) = (pair[1], pair[0]);
            return mirrored;
        }
    }

    /// <inheritdoc cref="KeypointSetConfig.Read"/>
    public static KeypointSet Read(string name) => KeypointSetConfig.Read(name).ToKeypointSet();

    /// <summary>A set of which only the number of keypoints is known: keypoint_0, keypoint_1, …</summary>
    public static KeypointSet Numbered(int count)
    {
        KeypointEntry[] entries = [.. Enumerable.Range(0, count).Select(index => new KeypointEntry { Name = $"keypoint_{index}" })];
        return new KeypointSetConfig { Keypoints = entries }.ToKeypointSet();
    }

    /// <summary>A set of which only names and colours are known.</summary>
    public static KeypointSet Plain(LabelSet names) =>
        new() { Names = names.Names, Colors = names.Colors, Sigmas = [.. names.Names.Select(_ => UsualSigma)] };

    public IEnumerable<ConfigFault> Faults()
    {
        if (Count == 0)
            yield return new(nameof(Names), "is an empty list; there must be at least one keypoint");
        if (Sigmas.Length != Count || Sigmas.Any(sigma => sigma is not (> 0 and < double.PositiveInfinity)))
            yield return new(nameof(Sigmas), $"is [{string.Join(", ", Sigmas)}]; must be {Count} numbers above 0, one a keypoint");
        if (Colors.Length != Count)
            yield return new(nameof(Colors), $"has {Colors.Length} colours for {Count} keypoints");
        if (UpperBody.Any(index => index < 0 || index >= Count) || UpperBody.Distinct().Count() != UpperBody.Length)
            yield return new(nameof(UpperBody), $"is [{string.Join(", ", UpperBody)}]; must be different indices from 0 to {Count - 1}");
        if (Skeleton.Any(limb => !IsPair(limb)))
            yield return new(nameof(Skeleton), $"must be pairs of different indices from 0 to {Count - 1}");
        if (FlipPairs.Any(pair => !IsPair(pair)))
            yield return new(nameof(FlipPairs), $"must be pairs of different indices from 0 to {Count - 1}");
        else if (FlipPairs.SelectMany(pair => pair).GroupBy(index => index).FirstOrDefault(group => group.Count() > 1) is { } doubled)
        {
            yield return new(
                nameof(FlipPairs), $"names keypoint {doubled.Key} {doubled.Count()} times; each can change places with one other");
        }
    }

    private bool IsPair(int[] indices) =>
        indices is [var first, var second] && first != second && indices.All(index => index >= 0 && index < Count);
}
