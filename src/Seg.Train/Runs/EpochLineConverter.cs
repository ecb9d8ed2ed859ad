using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seg.Train.Runs;

/// <summary>Writes and reads an <see cref="EpochLine"/>: one flat object, whose scores stand under keys of their own.</summary>
internal sealed class EpochLineConverter : JsonConverter<EpochLine>
{
    private const string Kind = "kind", Epoch = "epoch", Step = "step", TrainLoss = "train_loss", Best = "best_", Seconds = "validation_seconds";

    public override void Write(Utf8JsonWriter writer, EpochLine line, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, EpochLine.KindName);
        writer.WriteNumber(Epoch, line.Epoch);
        writer.WriteNumber(Step, line.Step);
        Write(writer, TrainLoss, line.TrainLoss);
        foreach (var (key, score) in line.Scores)
            Write(writer, key, score);
        writer.WriteStartObject(line.PartsKey);
        foreach (var (name, score) in line.Parts)
            Write(writer, name, score);
        writer.WriteEndObject();
        Write(writer, Best + line.Scores[0].Key, line.Best);
        writer.WriteNumber(Seconds, line.ValidationSeconds);
        writer.WriteEndObject();
    }

    public override EpochLine Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var line = document.RootElement;
        string[] own = [Kind, Epoch, Step, TrainLoss, Seconds];
        var others = line.EnumerateObject().Where(member => !own.Contains(member.Name)).ToArray();
        var parts = others.First(member => member.Value.ValueKind == JsonValueKind.Object);
        return new EpochLine
        {
            Epoch = line.GetProperty(Epoch).GetInt32(),
            Step = line.GetProperty(Step).GetInt64(),
            TrainLoss = Number(line.GetProperty(TrainLoss)),
            Scores = [.. others.Where(member => member.Value.ValueKind != JsonValueKind.Object && !IsBest(member)).Select(Pair)],
            PartsKey = parts.Name,
            Parts = [.. parts.Value.EnumerateObject().Select(Pair)],
            Best = Number(others.First(IsBest).Value),
            ValidationSeconds = line.GetProperty(Seconds).GetDouble(),
        };
    }

    private static void Write(Utf8JsonWriter writer, string key, double? number)
    {
        if (number is { } known)
            writer.WriteNumber(key, known);
        else
            writer.WriteNull(key);
    }

    private static bool IsBest(JsonProperty member) => member.Name.StartsWith(Best, StringComparison.Ordinal);

    private static KeyValuePair<string, double?> Pair(JsonProperty member) => KeyValuePair.Create(member.Name, Number(member.Value));

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
}
