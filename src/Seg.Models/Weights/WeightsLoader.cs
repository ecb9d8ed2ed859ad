using System.IO.Enumeration;
using Seg.Models.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Weights;

/// <summary>Loads a file of weights into a network that may be another: of other classes, with another head, or with more around it.</summary>
public static class WeightsLoader
{
    /// <summary>Copies what the config asks for; loads nothing where that does not fit.</summary>
    /// <returns>What was loaded and what was not.</returns>
    /// <exception cref="InputException">The file cannot be read; the weights do not fit and must; or none fits.</exception>
    public static WeightsReport Load(Module module, WeightsConfig config)
    {
        using var scope = NewDisposeScope();
        var weights = WeightFile.Read(config.Path);
        try
        {
            return Load(module, weights, config);
        }
        finally
        {
            foreach (var tensor in weights.Values)
                tensor.Dispose();
        }
    }

    private static WeightsReport Load(Module module, IReadOnlyDictionary<string, Tensor> weights, WeightsConfig config)
    {
        var own = StateDict.Of(module);
        var prefix = WeightNames.WithoutWrappers(config.Prefix ?? "");   // as the names have lost theirs
        var wanted = new OrderedDictionary<string, Tensor>();
        var skipped = new List<string>();
        foreach (var (name, tensor) in weights)
        {
            var target = name.StartsWith(prefix, StringComparison.Ordinal) ? config.Into + name[prefix.Length..] : null;
            if (target is null || IsSkipped(name) || IsSkipped(target))
                skipped.Add(target is not null && own.ContainsKey(target) ? target : name);
            else
                wanted.Add(target, tensor);
        }
        var kept = own.Where(entry => !IsSkipped(entry.Key) && !skipped.Contains(entry.Key)).ToDictionary();
        skipped.AddRange(own.Keys.Where(name => !kept.ContainsKey(name)).Except(skipped));

        var report = StateDict.Compare(kept, wanted, config.Path) with { Skipped = [.. skipped] };
        if (report.Loaded.Length == 0)
            throw new InputException(NothingFits(report, own.Keys, [.. weights.Keys], config));
        if (config.Strict && !report.Fits)
        {
            throw new InputException(
                $"The weights of {config.Path} do not fit the network: {report.Loaded.Length} of {report.Wanted} entries fit{report.Misfits()}. "
                + "Set weights.strict=false to load what fits, or name what to leave out in weights.skip.");
        }
        StateDict.Copy(own, wanted, report.Loaded);
        return report;

        bool IsSkipped(string name) => config.Skip.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    private static string NothingFits(WeightsReport report, IEnumerable<string> own, string[] file, WeightsConfig config)
    {
        if (report.Wanted == 0)
            return $"weights.skip leaves nothing to load from {config.Path}; name fewer entries there.";
        var advice = config.Prefix is null && config.Into is null ? SuggestMapping([.. own], file) : null;
        return $"Nothing in {config.Path} fits the network{report.Misfits()}. "
            + (advice ?? "Is it of another network? weights.prefix and weights.into say what to take off its names and put before them.");
    }

    /// <summary>The prefix to take off, or to put before the names, by which the most names would agree; null where none helps.</summary>
    private static string? SuggestMapping(string[] own, string[] file)
    {
        var (into, intoCount) = CommonPrefix(file, own);
        var (prefix, prefixCount) = CommonPrefix(own, file);
        if (Math.Max(intoCount, prefixCount) == 0)
            return null;
        return intoCount >= prefixCount
            ? $"With weights.into={into} the names of {intoCount} entries agree."
            : $"With weights.prefix={prefix} the names of {prefixCount} entries agree.";
    }

    /// <summary>What most often stands before one of the shorter names in the longer ones.</summary>
    private static (string Prefix, int Count) CommonPrefix(string[] shorter, string[] longer)
    {
        var names = shorter.ToHashSet();
        var counts = new Dictionary<string, int>();
        foreach (var name in longer)
        {
            for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                if (names.Contains(name[(dot + 1)..]))
                    counts[name[..(dot + 1)]] = counts.GetValueOrDefault(name[..(dot + 1)]) + 1;
            }
        }
        return counts.Count == 0 ? ("", 0) : counts.Select(entry => (entry.Key, entry.Value)).MaxBy(entry => entry.Value);
    }
}
