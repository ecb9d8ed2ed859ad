using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seg.Models;

/// <summary>Reads a list of numbers, or of lists of numbers as some tools write keypoints ([[x, y, score], …]), into one flat list.</summary>
internal sealed class FlatNumbersConverter : JsonConverter<double[]>
{
    public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("a list of numbers is needed here");
        List<double> numbers = new(64);
        for (var depth = 1; depth > 0;)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Number:
                    numbers.Add(reader.GetDouble());
                    break;
                case JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndArray:
                    depth--;
                    break;
                default:
                    throw new JsonException("a list may hold only numbers here");
            }
        }
        return [.. numbers];
    }

    public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) => throw new NotSupportedException();
}
