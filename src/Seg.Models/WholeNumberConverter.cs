using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seg.Models;

/// <summary>Reads ids, counts and flags as tools write them: 17, 17.0, "000017", true.</summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                return whole;
            case JsonTokenType.Number when reader.GetDouble() is var number && Math.Abs(number) < 1L << 53 && number == Math.Floor(number):
                return (long)number;
            case JsonTokenType.String when !reader.HasValueSequence && Utf8Parser.TryParse(reader.ValueSpan, out long written, out var used)
                && used == reader.ValueSpan.Length:
                return written;
            case JsonTokenType.True:
                return 1;
            case JsonTokenType.False:
                return 0;
            default:
                throw new JsonException("a whole number is needed here");
        }
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => throw new NotSupportedException();
}
