using System.Buffers.Binary;
using System.Text;

namespace Seg.Predict.Imaging;

/// <summary>The chunks of a WebP file (RFC 9649, section 2): what it says of itself, and the first picture of an animation.</summary>
internal static class WebP
{
    private const int FileHeader = 12, ChunkHeader = 8, FrameHeader = 16;

    public static bool IsWebP(ReadOnlySpan<byte> file) =>
        file.Length >= FileHeader && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <summary>How many bytes the file should have; more may follow.</summary>
    public static long DeclaredLength(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;

    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        const int Extended = 10, Alpha = 0x10;
        ImageHeader header = new() { Format = ImageFormat.WebP, Bits = 8, Channels = 3 };
        var frames = 0;
        var chunks = new ChunkReader(file[FileHeader..]);
        while (chunks.Next())
        {
            var data = chunks.Data;
            switch (chunks.Type)
            {
                case "VP8X" when data.Length >= Extended:
                    var hasAlpha = (data[0] & Alpha) != 0;
                    header = header with
                    {
                        Width = Number24(data[4..]) + 1,
                        Height = Number24(data[7..]) + 1,
                        HasAlpha = hasAlpha,
                        Channels = hasAlpha ? 4 : 3,
                    };
                    break;
                case "VP8 " when data.Length >= 10 && header.Width == 0:
                    header = header with { Width = Number16(data[6..]) & 0x3FFF, Height = Number16(data[8..]) & 0x3FFF };
                    break;
                case "VP8L" when data.Length >= 5 && header.Width == 0:
                    var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
                    hasAlpha = (bits >> 28 & 1) != 0;
                    header = header with
                    {
                        Width = (int)(bits & 0x3FFF) + 1,
                        Height = (int)(bits >> 14 & 0x3FFF) + 1,
                        HasAlpha = hasAlpha,
                        Channels = hasAlpha ? 4 : 3,
                    };
                    break;
                case "EXIF":
                    header = header with { Orientation = Tiff.ReadOrientation(data.StartsWith("Exif\0\0"u8) ? data[6..] : data) };
                    break;
                case "ANMF":
                    frames++;
                    break;
            }
        }
        return header with { IsAnimation = frames > 0, Pictures = Math.Max(1, frames) };
    }

    /// <summary>The first picture of an animation as a file of its own, and where it stands in the animation.</summary>
    /// <returns>null where the animation has none.</returns>
    public static (byte[] File, int X, int Y)? FirstPicture(ReadOnlySpan<byte> file)
    {
        var chunks = new ChunkReader(file[FileHeader..]);
        while (chunks.Next())
        {
            if (chunks.Type != "ANMF" || chunks.Data.Length < FrameHeader)
                continue;
            var frame = chunks.Data;
            var parts = new ChunkReader(frame[FrameHeader..]);
            while (parts.Next())
            {
                // Its alpha would stand in a chunk of its own, and is dropped as that of every image.
                if (parts.Type is "VP8 " or "VP8L")
                    return (Wrap(parts.Type, parts.Data), 2 * Number24(frame), 2 * Number24(frame[3..]));
            }
            return null;
        }
        return null;
    }

    private static byte[] Wrap(string type, ReadOnlySpan<byte> data)
    {
        var padded = data.Length + (data.Length & 1);
        var file = new byte[FileHeader + ChunkHeader + padded];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        Encoding.ASCII.GetBytes(type, file.AsSpan(FileHeader));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(FileHeader + 4), data.Length);
        data.CopyTo(file.AsSpan(FileHeader + ChunkHeader));
        return file;
    }

    private static int Number16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    /// <summary>Goes through chunks: four letters, length, data, which is filled up to an even length.</summary>
    private ref struct ChunkReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public string Type { get; private set; } = "";

        /// <summary>As much of it as is there.</summary>
        public ReadOnlySpan<byte> Data { get; private set; }

        public bool Next()
        {
            if (rest.Length < ChunkHeader)
                return false;
            Type = Encoding.ASCII.GetString(rest[..4]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            Data = rest.Slice(ChunkHeader, (int)Math.Min(length, rest.Length - ChunkHeader));
            rest = rest[(int)Math.Min(ChunkHeader + length + (length & 1), rest.Length)..];
            return true;
        }
    }
}
