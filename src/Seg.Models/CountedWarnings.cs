namespace Seg.Models;

/// <summary>Oddities of a file that do not keep it from being used: each kind is told once, with its number and its first case.</summary>
public sealed class CountedWarnings
{
    private readonly Dictionary<string, (int Count, string First)> kinds = [];

    /// <summary>One line a kind, in the order in which they were met.</summary>
    public IReadOnlyList<string> Lines => [.. kinds.Select(kind => $"{kind.Value.Count} {kind.Key} (the first: {kind.Value.First})")];

    /// <param name="what">What stands behind the number: "detections are of …".</param>
    /// <param name="which">The case, such as "annotation 17".</param>
    public void Add(string what, string which)
    {
        var (count, first) = kinds.GetValueOrDefault(what, (0, which));
        kinds[what] = (count + 1, first);
    }
}
