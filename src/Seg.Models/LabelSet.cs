namespace Seg.Models;

/// <summary>The classes of a segmentation network, in the order of its output channels.</summary>
public sealed record LabelSet
{
    /// <summary>One name a class; index i is output channel i.</summary>
    public required string[] Names { get; init; }

    /// <summary>One colour a class, for overlays and palette masks.</summary>
    public required Rgb[] Colors { get; init; }

    /// <summary>The value that marks pixels without a class in id masks; never an output channel.</summary>
    public byte IgnoreIndex { get; init; } = 255;

    public int Count => Names.Length;
}
