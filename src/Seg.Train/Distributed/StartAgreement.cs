using Seg.Train.Runs;

namespace Seg.Train.Distributed;

/// <summary>Sees that all ranks train with the same config on the same data.</summary>
internal static class StartAgreement
{
    /// <exception cref="RanksDifferException">They do not; the message is the same on all ranks.</exception>
    public static void Require(IRanks ranks, IReadOnlyList<RankName> names, StartFacts facts)
    {
        var all = ranks.Gather([new Digest(facts.Settings, facts.FilesHash)]);
        for (var rank = 1; rank < all.Count; rank++)
        {
            if (ConfigDifference.Between(all[0].Settings, all[rank].Settings) is { Count: > 0 } differences)
                throw new RanksDifferException($"{Named(names[rank])} has another config than rank 0: {string.Join(", ", differences.Select(Text))}. Start all ranks with the same one.");
        }
        if (all.All(digest => digest.FilesHash == all[0].FilesHash))
            return;
        // Only now the lists themselves, which may be long.
        var first = ranks.FromFirst(() => facts.Files);
        var faults = ranks.Gather([Difference(first, facts.Files)]);
        var different = faults.Index().First(fault => fault.Item is not null);
        throw new RanksDifferException($"{Named(names[different.Index])} has other data than rank 0: {different.Item}. Give all ranks the same data (--data may be another folder on each machine).");
    }

    private static string Text(ConfigDifference difference) => $"{difference.Key} is {difference.Now}, not {difference.Before}";

    private static string? Difference(IReadOnlyList<string> first, IReadOnlyList<string> own)
    {
        for (var index = 0; index < Math.Min(first.Count, own.Count); index++)
        {
            if (first[index] != own[index])
                return $"its file {index + 1} is {own[index]}, not {first[index]}";
        }
        return first.Count == own.Count ? null : $"it has {own.Count} files, not {first.Count}";
    }

    private static string Named(RankName name) => name.ToString() is var text ? char.ToUpperInvariant(text[0]) + text[1..] : "";

    private sealed record Digest(string Settings, string FilesHash);
}
