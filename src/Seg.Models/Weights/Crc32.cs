using System.Buffers.Binary;

namespace Seg.Models.Weights;

/// <summary>The check sum of zip files and of PNG's chunks (ISO 3309, polynomial 0x04C11DB7, bits reversed), eight bytes at a time.</summary>
public static class Crc32
{
    private const uint Polynomial = 0xedb88320;

    // Row k: what a byte does to the sum when k more bytes follow it in the same step.
    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    /// <summary>That of both parts, one behind the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = sum ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = Tables[7][low & 255] ^ Tables[6][(low >> 8) & 255] ^ Tables[5][(low >> 16) & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 255] ^ Tables[2][(high >> 8) & 255] ^ Tables[1][(high >> 16) & 255] ^ Tables[0][high >> 24];
        }
        foreach (var value in bytes)
            sum = Tables[0][(sum ^ value) & 255] ^ (sum >> 8);
        return sum;
    }

    private static uint[][] MakeTables()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new uint[256]).ToArray();
        for (var value = 0u; value < 256; value++)
        {
            var sum = value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 1 ? (sum >> 1) ^ Polynomial : sum >> 1;
            tables[0][value] = sum;
        }
        for (var row = 1; row < tables.Length; row++)
        {
            for (var value = 0; value < 256; value++)
                tables[row][value] = tables[0][tables[row - 1][value] & 255] ^ (tables[row - 1][value] >> 8);
        }
        return tables;
    }
}
