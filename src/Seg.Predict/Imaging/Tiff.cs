using System.Buffers.Binary;

namespace Seg.Predict.Imaging;

/// <summary>The directories of a TIFF file (TIFF 6.0, section 2), in which EXIF data are laid out as well.</summary>
internal static class Tiff
{
    private const int SubfileType = 254, Width = 256, Height = 257, BitsPerSample = 258, Photometric = 262, OrientationTag = 274;
    private const int SamplesPerPixel = 277, ExtraSamples = 338, SampleFormat = 339;
    private const int StripOffsets = 273, StripByteCounts = 279, TileOffsets = 324, TileByteCounts = 325;

    /// <summary>More than any album has; it keeps a file whose directories go in a circle from being read for ever.</summary>
    private const int MostPages = 10_000;

    private static ReadOnlySpan<byte> Little => "II*\0"u8;

    private static ReadOnlySpan<byte> Big => "MM\0*"u8;

    /// <summary>Whether it is one, files above 4 GB among them, of which nothing more is known here.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) =>
        file.StartsWith(Little) || file.StartsWith(Big) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8);

    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        ImageHeader header = new() { Format = ImageFormat.Tiff };
        if (!TryFirst(file, out var directory))
            return header;
        var samples = (int)(directory.Number(SamplesPerPixel) ?? 1);
        return header with
        {
            Width = (int)Math.Min(int.MaxValue, directory.Number(Width) ?? 0),
            Height = (int)Math.Min(int.MaxValue, directory.Number(Height) ?? 0),
            Bits = (int)(directory.Number(BitsPerSample) ?? 1),
            Channels = samples,
            HasAlpha = directory.Number(ExtraSamples) is 1 or 2,
            HasFractions = directory.Number(SampleFormat) == 3,
            IsCmyk = directory.Number(Photometric) == 5,
            Orientation = Upright(directory.Number(OrientationTag)),
            Pictures = Pages(file),
        };
    }

    /// <summary>The orientation of EXIF data; 1 where they have none.</summary>
    public static int ReadOrientation(ReadOnlySpan<byte> exif) =>
        TryFirst(exif, out var directory) ? Upright(directory.Number(OrientationTag)) : 1;

    /// <summary>Whether the first picture's directory or pixels lie beyond the file's end.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Little) && !file.StartsWith(Big))
            return file.Length < 16;
        if (!TryFirst(file, out var directory) || !directory.IsWhole)
            return true;
        return EndsBeyond(directory, StripOffsets, StripByteCounts, file.Length)
            || EndsBeyond(directory, TileOffsets, TileByteCounts, file.Length);
    }

    private static bool EndsBeyond(Directory directory, int offsets, int lengths, long fileLength)
    {
        for (var index = 0; directory.Number(offsets, index) is { } offset && directory.Number(lengths, index) is { } length; index++)
        {
            if (offset + length > fileLength)
                return true;
        }
        return directory.Count(offsets) is > 0 and var count && directory.Number(offsets, count - 1) is null;
    }

    private static int Upright(long? orientation) => orientation is >= 1 and <= 8 and var value ? (int)value : 1;

    /// <summary>The pictures of the file, smaller copies of others left out.</summary>
    private static int Pages(ReadOnlySpan<byte> file)
    {
        var pages = 0;
        var there = TryFirst(file, out var directory);
        for (var seen = 0; there && seen < MostPages; seen++)
        {
            if (((directory.Number(SubfileType) ?? 0) & 1) == 0)
                pages++;
            there = directory.TryNext(out var next);
            directory = next;
        }
        return Math.Max(1, pages);
    }

    private static bool TryFirst(ReadOnlySpan<byte> file, out Directory directory)
    {
        directory = default;
        if (file.Length < 8 || (file[0] != 'I' && file[0] != 'M'))
            return false;
        var little = file[0] == 'I';
        return Directory.TryOpen(file, Long(file[4..], little), little, out directory);
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>A list of tags with their values.</summary>
    private ref struct Directory
    {
        private const int EntryLength = 12;

        private ReadOnlySpan<byte> file;
        private int start, entries;
        private bool little;

        /// <summary>Whether all its entries lie in the file.</summary>
        public readonly bool IsWhole => start + 2 + entries * EntryLength <= file.Length;

        public static bool TryOpen(ReadOnlySpan<byte> file, long offset, bool little, out Directory directory)
        {
            directory = default;
            if (offset < 8 || offset > file.Length - 2)
                return false;
            directory = new() { file = file, start = (int)offset, entries = Short(file[(int)offset..], little), little = little };
            return true;
        }

        public readonly bool TryNext(out Directory next)
        {
            next = default;
            var link = start + 2 + entries * EntryLength;
            return link + 4 <= file.Length && TryOpen(file, Long(file[link..], little), little, out next);
        }

        /// <summary>How many values a tag has; 0 where it is not there.</summary>
        public readonly int Count(int tag) => TryFind(tag, out var entry) ? (int)Math.Min(int.MaxValue, Long(entry[4..], little)) : 0;

        /// <summary>A value of 8, 16 or 32 bits; null where it is not there.</summary>
        public readonly long? Number(int tag, int index = 0)
        {
            if (!TryFind(tag, out var entry) || index >= Long(entry[4..], little))
                return null;
            var size = Short(entry[2..], little) switch { 1 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 => 4, _ => 0 };
            if (size == 0)
                return null;
            var values = entry[8..];
            if (Long(entry[4..], little) * (long)size > 4)
                values = Long(entry[8..], little) is var offset && offset < file.Length ? file[(int)offset..] : [];
            var place = (long)index * size;
            if (place + size > values.Length)
                return null;
            var value = values[(int)place..];
            return size switch { 1 => value[0], 2 => Short(value, little), _ => Long(value, little) };
        }

        private readonly bool TryFind(int tag, out ReadOnlySpan<byte> entry)
        {
            for (var index = 0; index < entries; index++)
            {
                var place = start + 2 + index * EntryLength;
                if (place + EntryLength > file.Length)
                    break;
                entry = file.Slice(place, EntryLength);
                if (Short(entry, little) == tag)
                    return true;
            }
            entry = default;
            return false;
        }
    }
}
