using System.Text.Json.Nodes;
using Seg.Models;

namespace Seg.Train.Checks;

/// <summary>What a data set with masks holds, and what is wrong with it.</summary>
public sealed record SegmentationReport : DataReport
{
    public required LabelSet Labels { get; init; }

    public required IReadOnlyList<SplitReport> Splits { get; init; }

    /// <summary>
    /// classes (names), splits [{ name, images, checked, sizes: [{ width, height, images }], pixels, ignored_pixels, classes: [{ name, pixels, share,
    /// images }] }].
    /// </summary>
    private protected override void AddTo(JsonObject json)
    {
        json["classes"] = new JsonArray([.. Labels.Names.Select(name => (JsonNode)name)]);
        json["splits"] = new JsonArray([.. Splits.Select(Split)]);
    }

    private JsonObject Split(SplitReport split)
    {
        var total = split.Pixels.Sum();
        return new()
        {
            ["name"] = split.Name,
            ["images"] = split.Images,
            ["checked"] = split.Checked,
            ["sizes"] = SizesToJson(split.Sizes),
            ["pixels"] = total,
            ["ignored_pixels"] = split.IgnoredPixels,
            ["classes"] = new JsonArray([.. Labels.Names.Select((name, id) => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["pixels"] = split.Pixels[id],
                ["share"] = total > 0 ? (double)split.Pixels[id] / total : 0,
                ["images"] = split.ImagesWith[id],
            })]),
        };
    }
}
