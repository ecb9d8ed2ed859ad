namespace SkiaSharp;

/// <summary>Bytes that do not change, such as an encoded image.</summary>
public sealed class SKData : SKObject
{
    private readonly byte[] bytes;

    private SKData(byte[] bytes) => this.bytes = bytes;

    public static SKData Empty { get; } = new([]);

    public long Size => Bytes.Length;

    public bool IsEmpty => Size == 0;

    private protected override bool IsDisposable => this != Empty;

    private byte[] Bytes
    {
        get
        {
            ThrowIfDisposed();
            return bytes;
        }
    }

    public static SKData CreateCopy(byte[] bytes) => CreateCopy(bytes.AsSpan());

    public static SKData CreateCopy(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public byte[] ToArray() => (byte[])Bytes.Clone();

    public ReadOnlySpan<byte> AsSpan() => Bytes;

    public Stream AsStream() => new MemoryStream(Bytes, writable: false);

    public void SaveTo(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Write(Bytes);
    }

    /// <summary>Takes the array over, with no copy.</summary>
    internal static SKData Adopt(byte[] bytes) => new(bytes);
}
