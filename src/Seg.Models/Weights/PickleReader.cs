using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Seg.Models.Weights;

/// <summary>The bytes of one pickle, and the numbers and texts among them. No length that stands there is believed before the stream has shown that it has the bytes.</summary>
/// <param name="stream">Read as far as is asked for, no further.</param>
internal sealed class PickleReader(Stream stream)
{
    /// <summary>Bytes of a pickle. That of a network of 1,700 entries with its optimizer takes half of one MiB.</summary>
    public const int MaximumLength = 64 << 20;

    /// <summary>Bytes read so far.</summary>
    public long Length { get; private set; }

    public byte ReadByte()
    {
        Advance(1);
        return stream.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException();
    }

    public byte[] Read(int length)
    {
        Advance(length);
        // In pieces: a faulty length must not ask for the memory before the file has shown that it has the bytes.
        var bytes = new byte[Math.Min(length, 1 << 16)];
        for (var filled = 0; filled < length;)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            stream.ReadExactly(bytes, filled, bytes.Length - filled);
            filled = bytes.Length;
        }
        return bytes;
    }

    public int ReadLength(int width)
    {
        var bytes = Read(width);
        var length = width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return checked((int)length);
    }

    public object ReadInteger(int length)
    {
        var value = new BigInteger(Read(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    public string ReadText(int length) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Read(length));

    public string ReadLine()
    {
        const int longest = 1000;
        var line = new StringBuilder();
        for (var letter = ReadByte(); letter != '\n'; letter = ReadByte())
        {
            line.Append((char)letter);
            if (line.Length > longest)
                throw new InvalidDataException("a name in it is too long");
        }
        return line.ToString();
    }

    private void Advance(int count)
    {
        Length += count;
        if (Length > MaximumLength)
            throw new InvalidDataException("its description of the data is longer than any state dict needs");
    }
}
