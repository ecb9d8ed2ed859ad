namespace Seg.Train.Checks;

/// <summary>What a split holds, of the files that were looked at.</summary>
public sealed record SplitReport
{
    public required string Name { get; init; }

    /// <summary>Images that have a mask.</summary>
    public required int Images { get; init; }

    /// <summary>Images whose content was looked at.</summary>
    public required int Checked { get; init; }

    /// <summary>(width, height) of each size that occurs, and how many images have it; the most frequent first.</summary>
    public required IReadOnlyList<(int Width, int Height, int Images)> Sizes { get; init; }

    /// <summary>Pixels of each class.</summary>
    public required long[] Pixels { get; init; }

    /// <summary>Images in which each class occurs.</summary>
    public required int[] ImagesWith { get; init; }

    /// <summary>Pixels that count nowhere.</summary>
    public required long IgnoredPixels { get; init; }

    /// <summary>Whether every image was looked at, so that what was not found is not there.</summary>
    public bool IsWhole => Checked == Images;
}
