using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seg.Models.Configuration;

/// <summary>Turns records into text that <see cref="ConfigReader"/> reads back as equal records.</summary>
internal static class ConfigWriter
{
    public static string ToYaml(object config)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, ToNode(config));
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    public static string ToJson(object config)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteJson(writer, ToNode(config));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static ConfigNode ToNode(object? value) => value switch
    {
        null => new ScalarNode("null", Plain: true, default),
        string text => new ScalarNode(text, Plain: false, default),
        bool truth => Plain(truth ? "true" : "false"),
        Enum name => new ScalarNode(ConfigNames.ToSnakeCase(name.ToString()), Plain: false, default),
        IFormattable number when value.GetType().IsPrimitive => Plain(number.ToString(null, CultureInfo.InvariantCulture)),
        IDictionary map => new MapNode([.. map.Keys.Cast<string>().Select(key => new MapEntry(key, default, ToNode(map[key])))], default),
        IEnumerable list => new ListNode([.. list.Cast<object?>().Select(ToNode)], default),
        ValueType parts => new ListNode([.. StructParts(parts).Select(ToNode)], default),
        _ => RecordToNode(value),
    };

    private static ScalarNode Plain(string text) => new(text, Plain: true, default);

    private static IEnumerable<object?> StructParts(ValueType value)
    {
        var type = value.GetType();
        var parameters = type.GetConstructors().Single(constructor => constructor.GetParameters().Length > 0).GetParameters();
        return parameters.Select(parameter => type.GetProperty(parameter.Name!)!.GetValue(value));
    }

    private static MapNode RecordToNode(object record)
    {
        var schema = ConfigSchema.Of(record.GetType());
        var entries = new List<MapEntry>();
        // A record that several names stand for keeps its own in a property.
        if (schema.VariantKey is { } key && schema.Members.All(member => member.Key != key))
            entries.Add(new(key, default, ToNode(ConfigReader.NameOf(record))));
        entries.AddRange(
            from member in schema.Members
            let value = member.Property.GetValue(record)
            where value is not null || !IsNullByDefault(record.GetType(), member)
            select new MapEntry(member.Key, default, ToNode(value)));
        return new(entries, default);
    }

    private static bool IsNullByDefault(Type type, ConfigMember member) => member.Property.GetValue(Activator.CreateInstance(type)) is null;

    /// <param name="isItem">Whether it stands in a list, where a map of a few plain values takes one line.</param>
    private static void Emit(Emitter emitter, ConfigNode node, bool isItem = false)
    {
        switch (node)
        {
            case ScalarNode scalar:
                var needsQuotes = !scalar.Plain && (scalar.Text is "" or "~" or "null" || scalar.Text.Any(char.IsControl));
                emitter.Emit(new Scalar(null, null, scalar.Text, needsQuotes ? ScalarStyle.DoubleQuoted : ScalarStyle.Any, true, true));
                break;
            case ListNode list:
                var isShort = list.Items.All(IsShort);
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, isShort ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                    Emit(emitter, item, isItem: true);
                emitter.Emit(new SequenceEnd());
                break;
            case MapNode map:
                var isLine = map.Entries.Count == 0 || (isItem && map.Entries.All(entry => IsShort(entry.Value)));
                var style = isLine ? MappingStyle.Flow : MappingStyle.Block;
                emitter.Emit(new MappingStart(null, null, isImplicit: true, style));
                foreach (var entry in map.Entries)
                {
                    emitter.Emit(new Scalar(entry.Key));
                    Emit(emitter, entry.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
        }
    }

    private static bool IsShort(ConfigNode node) => node is ScalarNode or ListNode { Items.Count: <= 4 };

    private static void WriteJson(Utf8JsonWriter writer, ConfigNode node)
    {
        switch (node)
        {
            case ScalarNode { Plain: true } scalar:
                writer.WriteRawValue(scalar.Text);
                break;
            case ScalarNode scalar:
                writer.WriteStringValue(scalar.Text);
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    WriteJson(writer, item);
                writer.WriteEndArray();
                break;
            case MapNode map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    WriteJson(writer, entry.Value);
                }
                writer.WriteEndObject();
                break;
        }
    }
}
