using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>The header of a .safetensors file, checked against the file's length before anything else is read.</summary>
internal sealed record SafeTensorsHeader(
    IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>As the reference implementation has it; a larger header is a fault, not a file to wait for.</summary>
    private const long MaximumLength = 100_000_000;

    /// <exception cref="InvalidDataException">The header is faulty, or does not fit the file's length.</exception>
    public static SafeTensorsHeader Read(FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.Length < prefix.Length)
            throw new InvalidDataException($"it is only {stream.Length} bytes long");
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaximumLength || length > stream.Length - prefix.Length)
            throw new InvalidDataException($"its header would be {length} bytes long, in a file of {stream.Length}");
        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, dataStart: prefix.Length + length, dataLength: stream.Length - prefix.Length - length);
        }
        // The JSON reader says InvalidOperation and Format for values of another kind, and for text that is no UTF-8.
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"its header cannot be understood: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static SafeTensorsHeader Parse(JsonElement root, long dataStart, long dataLength)
    {
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new InvalidDataException($"'{property.Name}' stands twice in its header");
            if (property.Name == MetadataKey)
            {
                foreach (var text in property.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString() ?? "";
                continue;
            }
            entries.Add(ParseEntry(property.Name, property.Value, dataLength));
        }

        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.Length))
        {
            if (entry.Start < end)
                throw new InvalidDataException($"the bytes of '{entry.Name}' overlap those of another tensor");
            end = entry.Start + entry.Length;
        }
        return new(entries, metadata, dataStart);
    }

    private static SafeTensorsEntry ParseEntry(string name, JsonElement value, long dataLength)
    {
        var typeName = value.GetProperty("dtype").GetString() ?? "";
        if (!TensorTypes.TryParse(typeName, out var type, out var elementSize))
            throw new InvalidDataException($"'{name}' is of type {typeName}, which is not known here");
        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt64())];
        long[] offsets = [.. value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [var start, var end] || start < 0 || end < start || end > dataLength)
            throw new InvalidDataException($"the bytes of '{name}' lie outside of the file");
        if (TensorTypes.ByteCount(shape, elementSize) != end - start)
            throw new InvalidDataException($"'{name}' of shape [{string.Join(", ", shape)}] does not take {end - start} bytes");
        return new(name, type, shape, start, end - start);
    }
}

/// <summary>One tensor of a .safetensors file: where its bytes are, from the start of the data.</summary>
internal readonly record struct SafeTensorsEntry(string Name, ScalarType Type, long[] Shape, long Start, long Length);
