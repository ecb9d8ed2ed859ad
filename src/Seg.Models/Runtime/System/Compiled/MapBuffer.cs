namespace Seg.Models.Runtime.Compiled;

/// <summary>Memory of a map, or of several that follow each other in it.</summary>
internal sealed class MapBuffer(long bytes, int first, bool isScratch)
{
    public long Bytes { get; } = bytes;

    /// <summary>Whether it is memory of each thread's own, for the rows at work.</summary>
    public bool IsScratch { get; } = isScratch;

    /// <summary>The first moment at which something is written to it.</summary>
    public int First { get; } = first;

    /// <summary>The last moment at which it is read.</summary>
    public int Last { get; set; } = first;

    /// <summary>Bytes from the beginning of the arena, or of the scratch.</summary>
    public long Offset { get; set; }
}
