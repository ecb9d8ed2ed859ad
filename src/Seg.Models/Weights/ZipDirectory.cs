using System.Buffers.Binary;
using System.Text;

namespace Seg.Models.Weights;

/// <summary>
/// Where the entries of a zip file lie. Of the format (PKWARE's APPNOTE.TXT, with its 64-bit fields) this is what torch.save uses: entries
/// that are stored as they are. Every position is checked against the file, and no two entries may share bytes, so that all of them together
/// are never larger than the file.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22, LongestComment = ushort.MaxValue, LocatorLength = 20, LongEndLength = 56, EntryLength = 46, LocalLength = 30;

    /// <summary>Room for the names of half a million entries; a longer directory is a fault, not a file to wait for.</summary>
    private const long LongestDirectory = 64 << 20;

    private readonly Stream stream;
    private readonly OrderedDictionary<string, ZipEntry> entries = [];

    /// <exception cref="InvalidDataException">The directory is missing, faulty, or does not fit the file's length.</exception>
    public ZipDirectory(Stream stream)
    {
        this.stream = stream;
        var (start, length) = FindDirectory();
        if (start < 0 || length < 0 || length > LongestDirectory || start > stream.Length - length)
            throw new InvalidDataException("the zip's directory lies outside of the file");
        var directory = Read(start, (int)length);
        for (var position = 0; position < directory.Length;)
            position += AddEntry(directory.AsSpan(position));
        RequireApart();
    }

    /// <summary>Names of all entries, in the order of the directory.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>The entry of that name, or null.</summary>
    /// <exception cref="InvalidDataException">It is there, but compressed or encrypted.</exception>
    public ZipEntry? Find(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            return null;
        return entry.IsStored
            ? entry
            : throw new InvalidDataException(
                $"'{name}' in it is compressed or encrypted, which torch.save never does; save it again with torch.save");
    }

    /// <summary>All bytes of an entry.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="limit"/>.</exception>
    public byte[] ReadAll(ZipEntry entry, long limit) => entry.Length <= limit
        ? Read(entry.Start, (int)entry.Length)
        : throw new InvalidDataException($"'{entry.Name}' in it is {entry.Length} bytes long, which no state dict needs");

    private (long Start, long Length) FindDirectory()
    {
        var tail = Read(Math.Max(0, stream.Length - EndLength - LongestComment), (int)Math.Min(stream.Length, EndLength + LongestComment));
        var end = tail.Length - EndLength;
        while (end >= 0 && !IsEnd(tail.AsSpan(end)))
            end--;
        if (end < 0)
            throw new InvalidDataException("the zip's directory is missing: the file is cut off");
        var locatorStart = stream.Length - tail.Length + end - LocatorLength;
        if (locatorStart >= 0 && Read(locatorStart, LocatorLength) is var locator && locator.AsSpan().StartsWith("PK\x06\x07"u8))
        {
            var place = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
            if (place < 0 || place > locatorStart - LongEndLength)
                throw new InvalidDataException("the zip's directory lies outside of the file");
            var record = Read(place, LongEndLength);
            if (record.AsSpan().StartsWith("PK\x06\x06"u8))
                return (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)));
        }
        return (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16)), BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12)));
    }

    /// <summary>Whether a directory's last record starts here: it is followed by a comment of the length that it says, then by nothing.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> record) =>
        record.StartsWith("PK\x05\x06"u8) && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - EndLength;

    /// <returns>The length of the record in the directory.</returns>
    private int AddEntry(ReadOnlySpan<byte> record)
    {
        if (record.Length < EntryLength || !record.StartsWith("PK\x01\x02"u8))
            throw new InvalidDataException("the zip's directory is faulty");
        var (flags, method) = (BinaryPrimitives.ReadUInt16LittleEndian(record[8..]), BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
        var total = EntryLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
        if (total > record.Length)
            throw new InvalidDataException("the zip's directory is faulty");
        var name = Encoding.UTF8.GetString(record.Slice(EntryLength, nameLength));

        var longFields = LongFields(record.Slice(EntryLength + nameLength, extraLength));
        var length = Widen(BinaryPrimitives.ReadUInt32LittleEndian(record[24..]), ref longFields);
        var storedLength = Widen(BinaryPrimitives.ReadUInt32LittleEndian(record[20..]), ref longFields);
        var headerStart = Widen(BinaryPrimitives.ReadUInt32LittleEndian(record[42..]), ref longFields);
        const int encrypted = 1;
        var isStored = method == 0 && (flags & encrypted) == 0 && length == storedLength;
        if (!entries.TryAdd(name, new(name, DataStart(name, headerStart, storedLength), storedLength, isStored)))
            throw new InvalidDataException($"'{name}' stands twice in the zip's directory");
        return total;
    }

    /// <summary>The 64-bit values of an entry, for those of its fields that are too short for them.</summary>
    private static ReadOnlySpan<byte> LongFields(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    private static long Widen(uint value, ref ReadOnlySpan<byte> longFields)
    {
        if (value != uint.MaxValue)
            return value;
        if (longFields.Length < 8)
            throw new InvalidDataException("the zip's directory is faulty");
        var wide = BinaryPrimitives.ReadInt64LittleEndian(longFields);
        longFields = longFields[8..];
        return wide;
    }

    /// <summary>Behind the entry's own header, whose lengths may differ from those in the directory.</summary>
    private long DataStart(string name, long headerStart, long length)
    {
        if (headerStart < 0 || headerStart > stream.Length - LocalLength)
            throw new InvalidDataException($"'{name}' lies outside of the file");
        var header = Read(headerStart, LocalLength).AsSpan();
        var start = headerStart + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (!header.StartsWith("PK\x03\x04"u8) || length < 0 || start > stream.Length - length)
            throw new InvalidDataException($"'{name}' lies outside of the file");
        return start;
    }

    private void RequireApart()
    {
        var end = 0L;
        foreach (var entry in entries.Values.Where(entry => entry.Length > 0).OrderBy(entry => entry.Start))
        {
            if (entry.Start < end)
                throw new InvalidDataException($"the bytes of '{entry.Name}' are those of another entry too");
            end = entry.Start + entry.Length;
        }
    }

    private byte[] Read(long start, int length)
    {
        var bytes = new byte[length];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>One entry of a zip file: where its bytes are, from the start of the file.</summary>
internal sealed record ZipEntry(string Name, long Start, long Length, bool IsStored);
