using Seg.Models;

namespace Seg.Predict.Jobs;

/// <summary>The words by which users name <see cref="PredictionOutputs"/>.</summary>
public static class PredictionOutputNames
{
    private static readonly Dictionary<string, PredictionOutputs> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["overlay"] = PredictionOutputs.Overlay,
        ["mask"] = PredictionOutputs.Mask,
        ["side-by-side"] = PredictionOutputs.SideBySide,
        ["json"] = PredictionOutputs.Json,
    };

    /// <summary>All words, for help texts.</summary>
    public static IReadOnlyCollection<string> All => Values.Keys;

    private static string Choice => $"choose from {string.Join(", ", All)}";

    /// <summary>Reads words with commas between them, such as "overlay,mask".</summary>
    /// <exception cref="InputException">A word is unknown, or there is none.</exception>
    public static PredictionOutputs Parse(string words)
    {
        var result = PredictionOutputs.None;
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            result |= Values.TryGetValue(word, out var value) ? value : throw new InputException($"'{word}' cannot be saved; {Choice}.");
        return result != PredictionOutputs.None ? result : throw new InputException($"Nothing would be saved; {Choice}.");
    }

    /// <summary>The words of several outputs.</summary>
    internal static string Join(PredictionOutputs outputs, string separator = ", ") =>
        string.Join(separator, Values.Where(value => outputs.HasFlag(value.Value)).Select(value => value.Key));
}
