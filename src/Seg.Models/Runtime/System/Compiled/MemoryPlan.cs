namespace Seg.Models.Runtime.Compiled;

/// <summary>Gives buffers their places in one piece of memory: those that are never in use together may share theirs.</summary>
internal static class MemoryPlan
{
    /// <summary>Sets every buffer's offset: the largest first, each as low as those that it meets let it.</summary>
    /// <returns>Bytes of the whole.</returns>
    public static long Place(IEnumerable<MapBuffer> buffers)
    {
        var placed = new List<MapBuffer>();   // by offset
        foreach (var buffer in buffers.OrderByDescending(buffer => buffer.Bytes).ThenBy(buffer => buffer.First))
        {
            var offset = 0L;
            foreach (var other in placed.Where(other => other.First <= buffer.Last && buffer.First <= other.Last))
            {
                if (offset + buffer.Bytes <= other.Offset)
                    break;
                offset = Math.Max(offset, other.Offset + other.Bytes);
            }
            buffer.Offset = offset;
            placed.Insert(placed.FindLastIndex(other => other.Offset <= offset) + 1, buffer);
        }
        return placed.Count == 0 ? 0 : placed.Max(buffer => buffer.Offset + buffer.Bytes);
    }
}
