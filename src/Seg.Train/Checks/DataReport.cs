using System.Text.Json;
using System.Text.Json.Nodes;
using Seg.Models;

namespace Seg.Train.Checks;

/// <summary>What a data set holds, and what is wrong with it.</summary>
public sealed record DataReport
{
    public required LabelSet Labels { get; init; }

    public required IReadOnlyList<SplitReport> Splits { get; init; }

    /// <summary>Errors first; within each, in the order of <see cref="FaultKinds.All"/>. Warnings of one kind and split stand together in one.</summary>
    public required IReadOnlyList<DataFault> Faults { get; init; }

    public int Errors => Faults.Count(fault => fault.Kind.Severity == FaultSeverity.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>
    /// errors and warnings (how many), classes (names), splits [{ name, images, checked, sizes: [{ width, height, images }], pixels,
    /// ignored_pixels, classes: [{ name, pixels, share, images }] }] and faults [{ kind, severity, split, file, class, files, detail, remedy }].
    /// </summary>
    public string ToJson()
    {
        JsonObject json = new()
        {
            ["errors"] = Errors,
            ["warnings"] = Warnings,
            ["classes"] = new JsonArray([.. Labels.Names.Select(name => (JsonNode)name)]),
            ["splits"] = new JsonArray([.. Splits.Select(Split)]),
            ["faults"] = new JsonArray([.. Faults.Select(fault => (JsonNode)new JsonObject
            {
                ["kind"] = fault.Kind.Id,
                ["severity"] = fault.Kind.Severity == FaultSeverity.Error ? "error" : "warning",
                ["split"] = fault.Split,
                ["file"] = fault.File,
                ["class"] = fault.Class,
                ["files"] = fault.Files,
                ["detail"] = fault.Detail,
                ["remedy"] = fault.Kind.Remedy,
            })]),
        };
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private JsonObject Split(SplitReport split)
    {
        var total = split.Pixels.Sum();
        return new()
        {
            ["name"] = split.Name,
            ["images"] = split.Images,
            ["checked"] = split.Checked,
            ["sizes"] = new JsonArray([.. split.Sizes.Select(size => (JsonNode)new JsonObject
            {
                ["width"] = size.Width,
                ["height"] = size.Height,
                ["images"] = size.Images,
            })]),
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
