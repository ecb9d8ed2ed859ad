using System.Buffers.Binary;
using System.Text;

namespace Seg.Models.Weights;

/// <summary>
/// Writes a zip file as torch.save does: every entry stored as it is, its bytes at a multiple of 64 in the file, so that a reader may map
/// them into memory.
/// </summary>
internal sealed class ZipWriter(Stream stream)
{
    private const int Alignment = 64;

    /// <summary>Version 2.0 of the format; names are UTF-8; the first day that a zip can name, as a time would make equal files differ.</summary>
    private const ushort Version = 20, Utf8Names = 1 << 11, FirstDay = (1 << 5) | 1;

    /// <summary>The extra field that pads a header; torch.save calls it so.</summary>
    private const ushort PaddingId = 'F' | ('B' << 8);

    private readonly MemoryStream directory = new();
    private ushort count;
    private long position;

    /// <exception cref="ArgumentException">The file would need the format's 64-bit fields, which are not written here.</exception>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var unpadded = position + 30 + nameBytes.Length + 4;
        var padding = (int)((Alignment - (unpadded % Alignment)) % Alignment);
        if (unpadded + padding + content.Length > uint.MaxValue - directory.Length - ushort.MaxValue || count == ushort.MaxValue)
            throw new ArgumentException("The weights are more than 4 GiB or 65,000 tensors, for which no .pth file is written here; write a .safetensors file.");
        var sizes = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(sizes, Crc32.Of(content));
        BinaryPrimitives.WriteInt32LittleEndian(sizes.AsSpan(4), content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(sizes.AsSpan(8), content.Length);

        directory.Write("PK\x01\x02"u8);
        Write(directory, Version, Version, Utf8Names, 0, 0, FirstDay);
        directory.Write(sizes);
        Write(directory, (ushort)nameBytes.Length, 0, 0, 0, 0, 0, 0, (ushort)position, (ushort)(position >> 16));
        directory.Write(nameBytes);

        stream.Write("PK\x03\x04"u8);
        Write(stream, Version, Utf8Names, 0, 0, FirstDay);
        stream.Write(sizes);
        Write(stream, (ushort)nameBytes.Length, (ushort)(4 + padding));
        stream.Write(nameBytes);
        Write(stream, PaddingId, (ushort)padding);
        stream.Write(new byte[padding]);
        stream.Write(content);
        position = unpadded + padding + content.Length;
        count++;
    }

    /// <summary>Writes the directory, after the last entry.</summary>
    public void Finish()
    {
        stream.Write(directory.GetBuffer().AsSpan(0, (int)directory.Length));
        stream.Write("PK\x05\x06"u8);
        var length = directory.Length;
        Write(stream, 0, 0, count, count, (ushort)length, (ushort)(length >> 16), (ushort)position, (ushort)(position >> 16), 0);
    }

    private static void Write(Stream target, params ReadOnlySpan<ushort> values)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            target.Write(bytes);
        }
    }
}
