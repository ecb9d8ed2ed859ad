using System.Buffers.Binary;

namespace Seg.Predict.Tests.Imaging;

/// <summary>TIFF files without compression, of any shape that the format allows.</summary>
internal static class TinyTiff
{
    /// <summary>One file of some pictures of one size.</summary>
    /// <param name="pixels">Of each picture, all channels of a pixel together.</param>
    /// <param name="bits">Of one channel.</param>
    /// <param name="photometric">1: black is 0; 2: RGB; 5: inks.</param>
    /// <param name="extra">More tags with a value of 16 bits.</param>
    public static byte[] Of(int width, int height, int channels, int bits, int photometric, byte[][] pixels, params (int Tag, int Value)[] extra)
    {
        using MemoryStream file = new();
        file.Write([.. "II*\0"u8, 0, 0, 0, 0]);
        var link = 4;
        foreach (var picture in pixels)
        {
            var data = (int)file.Length;
            file.Write(picture);
            var depths = (int)file.Length;
            for (var channel = 0; channel < channels; channel++)
                file.Write([(byte)bits, 0]);
            (int Tag, int Type, int Count, int Value)[] entries =
            [
                (256, 3, 1, width), (257, 3, 1, height), (258, 3, channels, channels > 2 ? depths : channels == 2 ? bits | bits << 16 : bits), (259, 3, 1, 1),
                (262, 3, 1, photometric), (273, 4, 1, data), (277, 3, 1, channels), (278, 3, 1, height), (279, 4, 1, picture.Length), (284, 3, 1, 1),
                .. extra.Select(tag => (tag.Tag, 3, 1, tag.Value)),
            ];
            Patch(file, link, (int)file.Length);
            file.Write([(byte)entries.Length, 0]);
            foreach (var (tag, type, count, value) in entries.OrderBy(entry => entry.Tag))
            {
                var entry = new byte[12];
                BinaryPrimitives.WriteInt16LittleEndian(entry, (short)tag);
                BinaryPrimitives.WriteInt16LittleEndian(entry.AsSpan(2), (short)type);
                BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
                BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), value);
                file.Write(entry);
            }
            link = (int)file.Length;
            file.Write([0, 0, 0, 0]);
        }
        return file.ToArray();
    }

    private static void Patch(MemoryStream file, int place, int value)
    {
        file.Position = place;
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        file.Write(bytes);
        file.Position = file.Length;
    }
}
