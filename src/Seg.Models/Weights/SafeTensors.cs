using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// The safetensors format (github.com/huggingface/safetensors): 8 bytes with the header's length, the header as JSON, then the tensors'
/// bytes, row-major, little-endian.
/// </summary>
public static class SafeTensors
{
    /// <summary>Writes a file, atomically; the tensors may lie on any device and in any layout.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; an old file is still there.</exception>
    /// <exception cref="ArgumentException">A tensor is of a type that the format does not know.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // The widest elements first, so that every tensor starts at a multiple of its element's size, as readers that map the file want it.
        var entries = tensors.OrderByDescending(entry => entry.Value.element_size()).ToArray();
        var header = WriteHeader(tensors, entries, metadata ?? new Dictionary<string, string>());
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var (_, tensor) in entries)
            {
                using var scope = NewDisposeScope();
                stream.Write(tensor.detach().cpu().contiguous().bytes);
            }
        }, isLasting: true);
    }

    /// <summary>Reads a whole file into memory.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty.</exception>
    public static SafeTensorsFile Read(string path) => Read(path, (stream, header) =>
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        try
        {
            foreach (var entry in header.Entries)
            {
                var tensor = empty(entry.Shape, entry.Type).DetachFromDisposeScope();
                tensors.Add(entry.Name, tensor);
                if (entry.Length == 0)
                    continue;
                stream.Position = header.DataStart + entry.Start;
                stream.ReadExactly(tensor.bytes);
            }
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
        return new SafeTensorsFile(tensors, header.Metadata);
    });

    /// <summary>Reads the free text entries of the header alone.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => Read(path, (_, header) => header.Metadata);

    private static T Read<T>(string path, Func<FileStream, SafeTensorsHeader, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return read(stream, SafeTensorsHeader.Read(stream));
        }
        catch (InvalidDataException exception)
        {
            throw new InputException(
                ModelFile.IsModelFile(path) ? $"{path} is no whole .safetensors file: {exception.Message}"
                : $"'{path}' is no trained model, which is a .safetensors file such as runs/NAME/best.safetensors.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a .safetensors file", exception);
        }
    }

    private static byte[] WriteHeader(
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyList<KeyValuePair<string, Tensor>> layout,
        IReadOnlyDictionary<string, string> metadata)
    {
        var offsets = new Dictionary<string, (long Start, long End)>();
        var end = 0L;
        foreach (var (name, tensor) in layout)
            offsets.Add(name, (end, end += tensor.numel() * tensor.element_size()));

        using var stream = new MemoryStream();
        stream.Write(new byte[8]);
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafeTensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", TensorTypes.NameOf(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (var extent in tensor.shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offsets[name].Start);
                json.WriteNumberValue(offsets[name].End);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (stream.Length % 8 != 0)
            stream.WriteByte((byte)' ');
        var bytes = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - 8);
        return bytes;
    }
}
