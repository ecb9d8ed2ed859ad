using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Seg.Train.Runs.TensorBoard;

/// <summary>Appends messages to a file of TFRecords: length, its checksum, the message, its checksum.</summary>
/// <remarks>The checksums are CRC-32C, rotated and shifted as TensorFlow's record format has it ("masked").</remarks>
internal sealed class RecordWriter(Stream stream) : IDisposable
{
    private const int HeaderBytes = 12, FooterBytes = 4;

    /// <summary>Writes one record and hands it to the operating system, so that a reader sees whole records alone.</summary>
    public void Write(IMessage message)
    {
        var size = message.CalculateSize();
        var record = new byte[HeaderBytes + size + FooterBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)size);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        message.WriteTo(record.AsSpan(HeaderBytes, size));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeaderBytes + size), Checksum(record.AsSpan(HeaderBytes, size)));
        stream.Write(record);
        stream.Flush();
    }

    public void Dispose() => stream.Dispose();

    internal static uint Checksum(ReadOnlySpan<byte> data)
    {
        const uint Mask = 0xa282ead8;
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + Mask;
    }
}
