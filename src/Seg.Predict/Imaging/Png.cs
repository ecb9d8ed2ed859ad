using System.Buffers.Binary;
using System.Text;
using Seg.Models.Weights;

namespace Seg.Predict.Imaging;

/// <summary>The chunks of which a PNG file is made (W3C PNG specification, 5.3): length, type, data, checksum of type and data.</summary>
internal static class Png
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Appends one chunk.</summary>
    public static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        stream.Write(number);
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
            Crc32.Of(file.Slice(Offset + 4, 4 + Data.Length))
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
