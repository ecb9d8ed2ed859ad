using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seg.Train.Checks;

/// <summary>What a data set holds, and what is wrong with it.</summary>
public abstract record DataReport
{
    /// <summary>Errors first; within each, in the order of <see cref="FaultKinds.All"/>. Warnings of one kind and split stand together in one.</summary>
    public required IReadOnlyList<DataFault> Faults { get; init; }

    public int Errors => Faults.Count(fault => fault.Kind.Severity == FaultSeverity.Error);

    public int Warnings => Faults.Count - Errors;

    /// <summary>
    /// errors and warnings (how many), what the data set holds, and faults [{ kind, severity, split, file, annotation, class, files, detail,
    /// remedy }].
    /// </summary>
    public string ToJson()
    {
        JsonObject json = new() { ["errors"] = Errors, ["warnings"] = Warnings };
        AddTo(json);
        json["faults"] = new JsonArray([.. Faults.Select(fault => (JsonNode)new JsonObject
        {
            ["kind"] = fault.Kind.Id,
            ["severity"] = fault.Kind.Severity == FaultSeverity.Error ? "error" : "warning",
            ["split"] = fault.Split,
            ["file"] = fault.File,
            ["annotation"] = fault.Annotation,
            ["class"] = fault.Class,
            ["files"] = fault.Files,
            ["detail"] = fault.Detail,
            ["remedy"] = fault.Kind.Remedy,
        })]);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Adds what the data set holds.</summary>
    private protected abstract void AddTo(JsonObject json);

    /// <summary>[{ width, height, images }].</summary>
    private protected static JsonArray SizesToJson(IReadOnlyList<(int Width, int Height, int Images)> sizes) =>
        new([.. sizes.Select(size => (JsonNode)new JsonObject { ["width"] = size.Width, ["height"] = size.Height, ["images"] = size.Images })]);
}
