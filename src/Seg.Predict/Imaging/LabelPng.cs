using System.Buffers.Binary;
using System.IO.Compression;
using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>
/// Label maps as PNG: class ids as gray values, or as indices into a palette of the classes' colours. OpenCV turns palettes into colours and stretches
/// 1-, 2- and 4-bit values, so ids in such files are read here.
/// </summary>
public static class LabelPng
{
    private const byte Gray = 0, Palette = 3;

    /// <summary>Writes the ids as an 8-bit gray PNG, or as an 8-bit palette PNG when <paramref name="palette"/> gives the colour of each id.</summary>
    /// <param name="palette">Colours of the ids from 0 on; at most 256. Ids beyond them are shown black.</param>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static void Write(string path, LabelMap map, IReadOnlyList<Rgb>? palette = null) => AtomicFile.Write(path, Encode(map, palette));

    /// <summary>Writes the ids as a 16-bit gray PNG.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static void WriteWide(string path, LabelMap map) => AtomicFile.Write(path, Encode(map, palette: null, bytes: 2));

    /// <summary>As <see cref="Write"/>, in memory.</summary>
    public static byte[] Encode(LabelMap map, IReadOnlyList<Rgb>? palette = null) => Encode(map, palette, bytes: 1);

    /// <param name="bytes">Of a pixel.</param>
    private static byte[] Encode(LabelMap map, IReadOnlyList<Rgb>? palette, int bytes)
    {
        using MemoryStream file = new();
        file.Write(Png.Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, map.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], map.Height);
        header[8] = (byte)(8 * bytes);                          // compression, filter method and interlacing stay 0
        header[9] = palette is null ? Gray : Palette;
        Png.WriteChunk(file, "IHDR"u8, header);

        if (palette is not null)
        {
            // Every id that occurs needs an entry, the one for ignored pixels (255) as well.
            var colors = new byte[3 * Math.Max(palette.Count, map.Labels.Max() + 1)];
            for (var id = 0; id < palette.Count; id++)
                (colors[3 * id], colors[3 * id + 1], colors[3 * id + 2]) = (palette[id].R, palette[id].G, palette[id].B);
            Png.WriteChunk(file, "PLTE"u8, colors);
        }

        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + bytes * map.Width];          // filter 0 (none), which the specification advises for indices
            for (var y = 0; y < map.Height; y++)
            {
                var labels = map.Labels.AsSpan(y * map.Width, map.Width);
                for (var x = 0; x < labels.Length; x++)
                    row[bytes * (x + 1)] = labels[x];           // the highest byte comes first
                zlib.Write(row);
            }
        }
        Png.WriteChunk(file, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        Png.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Whether the file is a PNG whose stored values OpenCV would not hand on as they are.</summary>
    internal static bool IsIndexed(ReadOnlySpan<byte> file) =>
        file.StartsWith(Png.Signature) && file.Length > 25 && (file[25] == Palette || (file[25] == Gray && file[24] < 8));

    /// <summary>Reads the stored values of a file for which <see cref="IsIndexed"/> is true and whose checksums hold.</summary>
    /// <exception cref="InputException">The file is interlaced, or its data do not fill its size.</exception>
    internal static Mat Read(string path, ReadOnlySpan<byte> file)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        int bits = file[24], interlaced = file[28];
        if (interlaced != 0)
            throw new ImageFileException(ImageFault.NoImage, $"'{path}' is an interlaced palette PNG, which cannot be read as a label mask; save it without interlacing.");
        if (width < 1 || height < 1 || bits is not (1 or 2 or 4 or 8))
            throw new ImageFileException(ImageFault.Damaged, $"'{path}' is a damaged PNG: {width} x {height} pixels of {bits} bits.");

        using MemoryStream compressed = new();
        var chunks = new Png.ChunkReader(file);
        while (chunks.Next())
        {
            if (chunks.Type == "IDAT")
                compressed.Write(chunks.Data);
        }
        compressed.Position = 0;

        var stride = (int)(((long)width * bits + 7) / 8);
        byte[] above = new byte[stride], row = new byte[stride], filter = new byte[1];
        var mask = new Mat(height, width, MatType.CV_8UC1);
        try
        {
            using ZLibStream zlib = new(compressed, CompressionMode.Decompress);
            for (var y = 0; y < height; y++)
            {
                zlib.ReadExactly(filter);
                zlib.ReadExactly(row);
                Unfilter(path, filter[0], row, above);
                Unpack(row, bits, mask.RowBytes(y));
                (row, above) = (above, row);
            }
            return mask;
        }
        catch (Exception error)
        {
            mask.Dispose();
            if (error is EndOfStreamException or InvalidDataException)
                throw new ImageFileException(ImageFault.Damaged, $"'{path}' is damaged: its data do not fill {width} x {height} pixels; export it again.", error);
            throw;
        }
    }

    /// <summary>Undoes a row's filter (W3C PNG, 9.2) for pixels of one byte or less.</summary>
    private static void Unfilter(string path, byte filter, Span<byte> row, ReadOnlySpan<byte> above)
    {
        byte left = 0, aboveLeft = 0;
        for (var i = 0; i < row.Length && filter != 0; i++)
        {
            row[i] += filter switch
            {
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Paeth(left, above[i], aboveLeft),
                _ => throw new ImageFileException(ImageFault.Damaged, $"'{path}' is a damaged PNG: it has a row with filter {filter}; export it again."),
            };
            (left, aboveLeft) = (row[i], above[i]);
        }
    }

    private static byte Paeth(byte left, byte above, byte aboveLeft)
    {
        var estimate = left + above - aboveLeft;
        int toLeft = Math.Abs(estimate - left), toAbove = Math.Abs(estimate - above), toCorner = Math.Abs(estimate - aboveLeft);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : aboveLeft;
    }

    /// <summary>Spreads packed values, the leftmost in the highest bits, to one a byte.</summary>
    private static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<byte> values)
    {
        if (bits == 8)
        {
            packed.CopyTo(values);
            return;
        }
        var perByte = 8 / bits;
        for (var x = 0; x < values.Length; x++)
            values[x] = (byte)((packed[x / perByte] >> (8 - bits * (x % perByte + 1))) & ((1 << bits) - 1));
    }
}
