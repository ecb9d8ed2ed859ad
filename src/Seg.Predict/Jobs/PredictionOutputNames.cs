using Seg.Models;

namespace Seg.Predict.Jobs;

/// <summary>The words by which users name <see cref="PredictionOutputs"/>.</summary>
public static class PredictionOutputNames
{
    private static readonly Dictionary<string, PredictionOutputs> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["overlay"] = PredictionOutputs.Overlay,
        ["side-by-side"] = PredictionOutputs.SideBySide,
        ["contours"] = PredictionOutputs.Contours,
        ["confidence"] = PredictionOutputs.Confidence,
        ["mask"] = PredictionOutputs.Mask,
        ["classes"] = PredictionOutputs.Classes,
        ["ids"] = PredictionOutputs.Ids,
        ["ids16"] = PredictionOutputs.Ids16,
        ["cityscapes"] = PredictionOutputs.Cityscapes,
        ["coco"] = PredictionOutputs.Coco,
        ["coco-polygons"] = PredictionOutputs.CocoPolygons,
        ["probabilities"] = PredictionOutputs.Probabilities,
        ["probabilities16"] = PredictionOutputs.Probabilities16,
        ["json"] = PredictionOutputs.Json,
    };

    /// <summary>All words, for help texts.</summary>
    public static IReadOnlyCollection<string> All => Values.Keys;

    /// <summary>All endings, by which results are known.</summary>
    internal static IReadOnlyCollection<string> Endings => [.. Values.Values.Select(EndingOf)];

    /// <summary>Reads words with commas between them, such as "overlay,mask".</summary>
    /// <exception cref="InputException">A word is unknown, or there is none.</exception>
    public static PredictionOutputs Parse(string words)
    {
        var result = PredictionOutputs.None;
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            result |= Values.TryGetValue(word, out var value)
                ? value
                : throw new InputException($"'{word}' cannot be saved; {NearestName.Suggest(word.ToLowerInvariant(), All)}");
        }
        return result != PredictionOutputs.None ? result : throw new InputException($"Nothing would be saved; choose from {string.Join(", ", All)}.");
    }

    /// <summary>Each of several outputs.</summary>
    internal static IEnumerable<PredictionOutputs> Each(PredictionOutputs outputs) => Values.Values.Where(value => outputs.HasFlag(value));

    /// <summary>The words of several outputs.</summary>
    internal static string Join(PredictionOutputs outputs, string separator = ", ") => string.Join(separator, Each(outputs).Select(WordOf));

    /// <summary>What follows an input's name in that of its file, such as "_side_by_side".</summary>
    internal static string EndingOf(PredictionOutputs output) =>
        output == PredictionOutputs.Cityscapes ? "_pred_labelIds" : "_" + WordOf(output).Replace('-', '_');

    private static string WordOf(PredictionOutputs output) => Values.Single(value => value.Value == output).Key;
}
