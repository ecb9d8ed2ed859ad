using System.Text.Json;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>What was decided about the items of a review: the JSON file that its page exports.</summary>
public static class ReviewDecisions
{
    private const string Format = "seg-review-decisions";

    /// <summary>The word for items that nothing was decided about.</summary>
    public const string Undecided = "undecided";

    /// <summary>All words that an item's decision can be.</summary>
    public static IReadOnlyList<string> All { get; } = ["accepted", "rejected", "flagged", Undecided];

    /// <summary>Reads a file that the page has exported: the image file of each item, and what was decided about it.</summary>
    /// <exception cref="InputException">The file is missing, or was not exported by a review.</exception>
    public static IReadOnlyList<(string Source, string Decision)> Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!IsExport(json.RootElement))
                throw Foreign(path, $"its 'format' is not '{Format}'");
            return [.. json.RootElement.GetProperty("items").EnumerateArray().Select((item, index) => Entry(path, item, index))];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(
                $"There is no file '{path}'; export the decisions on the review's page ('Export…', 'Export JSON').", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a file of decisions", error);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Foreign(path, error.Message);
        }
    }

    private static bool IsExport(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.GetString() == Format;

    private static (string Source, string Decision) Entry(string path, JsonElement item, int index)
    {
        var source = item.GetProperty("source").GetString();
        var decision = item.GetProperty("decision").GetString() ?? Undecided;
        if (string.IsNullOrEmpty(source) || !All.Contains(decision))
            throw Foreign(path, $"item {index + 1} has the source '{source}' and the decision '{decision}'");
        return (source, decision);
    }

    private static InputException Foreign(string path, string why) =>
        new($"'{path}' holds no decisions that a review's page has exported ({why.TrimEnd('.')}); export them again as JSON.");
}
