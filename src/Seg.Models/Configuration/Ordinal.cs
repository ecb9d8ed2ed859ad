namespace Seg.Models.Configuration;

/// <summary>A place in a row, as configurations count it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many there are in the row.</param>
internal readonly record struct Ordinal(int Number, int Count)
{
    public static IEnumerable<Ordinal> UpTo(int count) => Enumerable.Range(1, count).Select(number => new Ordinal(number, count));

    /// <summary>Whether a list names it: by its number, or counted from the end (-1 is the last). No list names all.</summary>
    public bool IsIn(int[]? list) => list is null || list.Contains(Number) || list.Contains(Number - 1 - Count);
}
