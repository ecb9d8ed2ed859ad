using Seg.Models.Configuration;

namespace Seg.Models;

/// <summary>The classes of a segmentation network, in the order of its output channels.</summary>
public sealed record LabelSet : IChecked
{
    /// <summary>One name a class; index i is output channel i.</summary>
    public required string[] Names { get; init; }

    /// <summary>One colour a class, for overlays and palette masks.</summary>
    public required Rgb[] Colors { get; init; }

    /// <summary>The value that marks pixels without a class in id masks; never an output channel.</summary>
    public byte IgnoreIndex { get; init; } = 255;

    /// <summary>
    /// Pairs of indices of classes that change places when an image is mirrored, such as left and right arms, from 0; each class stands in one pair
    /// at most. Default: none.
    /// </summary>
    public int[][] FlipPairs { get; init; } = [];

    public int Count => Names.Length;

    /// <summary>For each class the index of the one that it becomes in a mirrored image: mostly its own.</summary>
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

    public IEnumerable<ConfigFault> Faults()
    {
        var indices = FlipPairs.SelectMany(pair => pair).ToArray();
        if (FlipPairs.Any(pair => pair.Length != 2) || indices.Any(index => index < 0 || index >= Count) || indices.Distinct().Count() < indices.Length)
            yield return new(nameof(FlipPairs), $"must be pairs of different indices of the {Count} classes, each class in one pair at most");
    }
}
