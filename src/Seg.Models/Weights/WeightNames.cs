namespace Seg.Models.Weights;

/// <summary>Names of weights as the networks have them: without what training scripts put around a network.</summary>
public static class WeightNames
{
    /// <summary>Put before the names by wrappers: DataParallel's, that of HRNet's loss, and torch.compile's.</summary>
    private static readonly string[] WrapperPrefixes = ["module.", "model.", "_orig_mod."];

    /// <summary>What the same wrapper holds beside the network.</summary>
    private const string LossPrefix = "loss.";

    /// <summary>The name without the prefixes of wrappers, however many there are.</summary>
    public static string WithoutWrappers(string name)
    {
        var start = 0;
        while (WrapperPrefixes.FirstOrDefault(prefix => name.AsSpan(start).StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            start += prefix.Length;
        return name[start..];
    }

    /// <summary>Entries under their plain names, without those of the loss.</summary>
    /// <exception cref="InvalidDataException">Two entries have the same plain name.</exception>
    internal static OrderedDictionary<string, T> Plain<T>(IEnumerable<KeyValuePair<string, T>> entries)
    {
        var plain = new OrderedDictionary<string, T>();
        foreach (var (name, value) in entries)
        {
            var inner = WithoutWrappers(name);
            if (!inner.StartsWith(LossPrefix, StringComparison.Ordinal) && !plain.TryAdd(inner, value))
                throw new InvalidDataException($"'{inner}' stands in it twice, once with the prefix of a wrapper");
        }
        return plain;
    }
}
