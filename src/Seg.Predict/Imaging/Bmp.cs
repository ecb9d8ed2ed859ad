using System.Buffers.Binary;

namespace Seg.Predict.Imaging;

/// <summary>The headers of BMP files: file header of 14 bytes, then one of the picture.</summary>
internal static class Bmp
{
    private const int HeadersEnd = 34;

    /// <summary>Two letters are little to go by; the four reserved bytes are 0 in every BMP and in no text.</summary>
    public static bool IsBmp(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8) && (file.Length < 10 || file[6..10].IndexOfAnyExcept((byte)0) < 0);

    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        ImageHeader header = new() { Format = ImageFormat.Bmp };
        if (file.Length < HeadersEnd)
            return header;
        var (width, height, bits) = Shape(file);
        return header with
        {
            Width = (int)width,
            Height = (int)Math.Min(int.MaxValue, height),
            Bits = Math.Min(8, bits),
            Channels = bits switch { <= 8 => 1, 32 => 4, _ => 3 },
        };
    }

    /// <summary>Whether pixels without compression end beyond the file's end.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> file)
    {
        const int NoCompression = 0, BitFields = 3;
        if (file.Length < HeadersEnd)
            return true;
        if (BinaryPrimitives.ReadInt32LittleEndian(file[30..]) is not (NoCompression or BitFields))
            return false;
        var (width, height, bits) = Shape(file);
        return BinaryPrimitives.ReadUInt32LittleEndian(file[10..]) + (width * bits + 31) / 32 * 4 * height > file.Length;
    }

    private static (long Width, long Height, int Bits) Shape(ReadOnlySpan<byte> file) => (
        Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(file[18..])),
        Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])),     // below 0: the upper row comes first
        BinaryPrimitives.ReadUInt16LittleEndian(file[28..]));
}
