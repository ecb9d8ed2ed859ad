using System.Text.Json;
using System.Text.Json.Serialization;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Reads <c>[[x, y, …], …]</c> or <c>{ size: [height, width], counts: [...] or "..." }</c>.</summary>
internal sealed class CocoSegmentationConverter : JsonConverter<CocoSegmentation>
{
    public override CocoSegmentation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return new CocoSegmentation(JsonSerializer.Deserialize<double[][]>(ref reader, options)!, null);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("size", out var size) || !root.TryGetProperty("counts", out var counts))
            throw new JsonException("a segmentation is a list of outlines, or has size and counts");
        if (size.ValueKind != JsonValueKind.Array || size.GetArrayLength() < 2)
            throw new JsonException($"the size of run lengths is [height, width], not {size.GetRawText()}");
        var runs = counts.ValueKind == JsonValueKind.String
            ? RunLengths.Decode(counts.GetString()!)
            : [.. counts.EnumerateArray().Select(Length)];
        return new CocoSegmentation([], new RunLengths(size[1].GetInt32(), size[0].GetInt32(), runs));
    }

    public override void Write(Utf8JsonWriter writer, CocoSegmentation value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Annotations are read, not written.");

    private static int Length(JsonElement count)
    {
        var length = count.GetInt32();
        return length >= 0 ? length : throw new JsonException($"the run lengths hold {length}");
    }
}
