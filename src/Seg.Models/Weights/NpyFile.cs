using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>NumPy's .npy format, versions 1 to 3: one array, little-endian.</summary>
public static partial class NpyFile
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>NumPy itself takes no header of more than 10,000 bytes; one of a plain array has 128.</summary>
    private const int LongestHeader = 1 << 16;

    private static readonly (string Name, ScalarType Type)[] Types =
    [
        ("<f8", ScalarType.Float64), ("<f4", ScalarType.Float32), ("<f2", ScalarType.Float16),
        ("<i8", ScalarType.Int64), ("<i4", ScalarType.Int32), ("<i2", ScalarType.Int16),
        ("|i1", ScalarType.Int8), ("|u1", ScalarType.Byte), ("|b1", ScalarType.Bool),
    ];

    /// <summary>Reads an array as a row-major tensor.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty, or holds what no tensor can.</exception>
    public static Tensor Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InputException($"{path} is no whole .npy file: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "an .npy file", exception);
        }
    }

    /// <summary>Writes a tensor, row-major, atomically. bfloat16, which NumPy does not know, becomes float32.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; an old file is still there.</exception>
    public static void Write(string path, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = (tensor.dtype == ScalarType.BFloat16 ? tensor.to_type(ScalarType.Float32) : tensor).detach().cpu().contiguous();
        var header = Header(values.dtype, values.shape);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            if (values.numel() > 0)
                stream.Write(values.bytes);
        });
    }

    /// <summary>What stands in a file before an array's numbers, which follow row-major and little-endian.</summary>
    /// <exception cref="ArgumentException">NumPy has no such type.</exception>
    public static byte[] Header(ScalarType type, ReadOnlySpan<long> extents)
    {
        var name = Types.FirstOrDefault(row => row.Type == type).Name
            ?? throw new ArgumentException($"A .npy file cannot hold a tensor of {type}.", nameof(type));
        var shape = string.Concat(extents.ToArray().Select(extent => $"{extent}, ")).TrimEnd();
        var header = $"{{'descr': '{name}', 'fortran_order': False, 'shape': ({(extents.Length > 1 ? shape.TrimEnd(',') : shape)}), }}";
        const int FixedLength = 10;
        header = header.PadRight(((FixedLength + header.Length + 64) / 64 * 64) - FixedLength - 1) + "\n";
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [.. Magic, 1, 0, .. length, .. Encoding.ASCII.GetBytes(header)];
    }

    private static Tensor Read(FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[12];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || !prefix[..6].SequenceEqual(Magic))
            throw new InvalidDataException("it does not start as one does");
        var isShort = prefix[6] == 1;
        var headerStart = isShort ? 10 : 12;
        var headerLength = isShort
            ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (prefix[6] is < 1 or > 3 || headerLength > Math.Min(LongestHeader, stream.Length - headerStart))
            throw new InvalidDataException("its header is cut off, too long, or of an unknown version");
        stream.Position = headerStart;
        var bytes = new byte[headerLength];
        stream.ReadExactly(bytes);

        var header = HeaderPattern().Match(Encoding.Latin1.GetString(bytes));
        if (!header.Success)
            throw new InvalidDataException("its header cannot be understood");
        var typeName = header.Groups["type"].Value;
        var type = Types.FirstOrDefault(row => row.Name[1..] == typeName[1..]);
        if (type.Name is null || typeName[0] == '>')
            throw new InvalidDataException($"its numbers are of type {typeName}, which is not known here");
        var parts = header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new long[parts.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new InvalidDataException($"its shape holds '{parts[i]}'");
        }
        var expected = TensorTypes.ByteCount(shape, TensorTypes.SizeOf(type.Type));
        var present = stream.Length - stream.Position;
        if (expected < 0 || expected != present)
            throw new InvalidDataException($"an array of shape ({string.Join(", ", shape)}) does not take {present} bytes");

        var isColumnMajor = header.Groups["fortran"].Value == "True";
        using var scope = NewDisposeScope();
        var tensor = empty(isColumnMajor ? [.. shape.Reverse()] : shape, type.Type);
        if (expected > 0)
            stream.ReadExactly(tensor.bytes);
        if (isColumnMajor)
            tensor = tensor.permute([.. Enumerable.Range(0, shape.Length).Reverse().Select(dimension => (long)dimension)]).contiguous();
        return tensor.MoveToOuterDisposeScope();
    }

    // {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
    [GeneratedRegex(
        @"^\s*\{\s*'descr':\s*'(?<type>[<>|=][a-z]\d)',\s*'fortran_order':\s*(?<fortran>True|False),\s*"
        + @"'shape':\s*\((?<shape>[\d,\s]*)\),?\s*\}\s*$")]
    private static partial Regex HeaderPattern();
}
