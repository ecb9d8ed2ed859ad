using System.Buffers.Binary;
using System.IO.Compression;

namespace SkiaSharp.Interop;

/// <summary>
/// Writes PNG (W3C PNG, 2nd edition), 8 bits a sample: gray for Gray8, RGB for opaque pixels, else RGBA with straight alpha.
/// Cairo's own writer knows its premultiplied formats only, and the bytes here are the same for any version of it.
/// </summary>
internal static class PngEncoder
{
    private const byte Gray = 0, Rgb = 2, Rgba = 6;
    private static readonly uint[] CrcTable = MakeCrcTable();

    public static byte[] Encode(PixelBuffer pixels)
    {
        var info = pixels.Info;
        var kind = info.ColorType == SKColorType.Gray8 ? Gray : info.IsOpaque ? Rgb : Rgba;
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, info.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], info.Height);
        (header[8], header[9]) = (8, kind);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, kind));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(PixelBuffer pixels, byte kind)
    {
        var info = pixels.Info;
        var channels = kind == Gray ? 1 : kind == Rgb ? 3 : 4;
        byte[] previous = new byte[info.Width * channels], current = new byte[previous.Length], straight = new byte[info.Width * 4];
        byte[] filtered = new byte[previous.Length + 1], best = new byte[filtered.Length];
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < info.Height; y++)
            {
                Samples(pixels.Row(y), info, kind, straight, current);
                ChooseFilter(current, previous, channels, filtered, best);
                zlib.Write(best);
                (previous, current) = (current, previous);
            }
        }
        return compressed.ToArray();
    }

    private static void Samples(ReadOnlySpan<byte> row, SKImageInfo info, byte kind, byte[] straight, byte[] samples)
    {
        if (kind == Gray)
        {
            row.CopyTo(samples);
            return;
        }
        PixelConversion.ToStraightRgba(row, info, kind == Rgba ? samples : straight);
        if (kind == Rgb)
        {
            for (int i = 0, o = 0; o < samples.Length; i += 4, o += 3)
                (samples[o], samples[o + 1], samples[o + 2]) = (straight[i], straight[i + 1], straight[i + 2]);
        }
    }

    /// <summary>Of the filters None, Sub, Up and Paeth, takes the one with the least sum of absolute differences, as libpng does.</summary>
    private static void ChooseFilter(byte[] row, byte[] above, int channels, byte[] scratch, byte[] best)
    {
        var least = long.MaxValue;
        foreach (byte filter in (ReadOnlySpan<byte>)[0, 1, 2, 4])
        {
            scratch[0] = filter;
            long sum = 0;
            for (var i = 0; i < row.Length; i++)
            {
                var left = i < channels ? 0 : row[i - channels];
                var prediction = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[i],
                    _ => Paeth(left, above[i], i < channels ? 0 : above[i - channels]),
                };
                var difference = (byte)(row[i] - prediction);
                scratch[i + 1] = difference;
                sum += difference < 128 ? difference : 256 - difference;
            }
            if (sum < least)
            {
                least = sum;
                scratch.CopyTo(best, 0);
            }
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        var estimate = left + above - aboveLeft;
        int toLeft = Math.Abs(estimate - left), toAbove = Math.Abs(estimate - above), toAboveLeft = Math.Abs(estimate - aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
