using System.Buffers.Binary;
using System.Text;

namespace Seg.Predict.Imaging;

/// <summary>The chunks of which a PNG file is made (W3C PNG specification, 5.3): length, type, data, checksum of type and data.</summary>
internal static class Png
{
    private static readonly uint[] ChecksumTable = MakeChecksumTable();

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Appends one chunk.</summary>
    public static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksum(Checksum(uint.MaxValue, type), data));
        stream.Write(number);
    }

    private static uint Checksum(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            state = ChecksumTable[(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    private static uint[] MakeChecksumTable()
    {
        var table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
            table[index] = value;
        }
        return table;
    }

    /// <summary>Goes through the chunks of a file that begins with <see cref="Signature"/>.</summary>
    public ref struct ChunkReader(ReadOnlySpan<byte> file)
    {
        private readonly ReadOnlySpan<byte> file = file;
        private int next = 8;

        public int Offset { get; private set; }

        public string Type { get; private set; } = "";

        public ReadOnlySpan<byte> Data { get; private set; }

        public readonly bool ChecksumHolds =>
            ~Checksum(uint.MaxValue, file.Slice(Offset + 4, 4 + Data.Length))
            == BinaryPrimitives.ReadUInt32BigEndian(file[(Offset + 8 + Data.Length)..]);

        /// <summary>Moves to the next chunk; false where the file ends before that chunk does.</summary>
        public bool Next()
        {
            if (next > file.Length - 12)
                return false;
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[next..]);
            if (length > file.Length - next - 12)
                return false;
            Offset = next;
            Type = Encoding.ASCII.GetString(file.Slice(next + 4, 4));
            Data = file.Slice(next + 8, (int)length);
            next += 12 + (int)length;
            return true;
        }
    }
}
