using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>
/// Pixels in unmanaged memory, owned or lent by the caller. Whoever draws on it or reads it holds a reference
/// (<see cref="SafeHandle.DangerousAddRef"/>), so that disposing a bitmap under a living canvas frees nothing too early.
/// </summary>
internal sealed unsafe class PixelBuffer : SafeHandle
{
    private readonly Action? released;

    /// <summary>Allocates zeroed memory.</summary>
    /// <exception cref="ArgumentException">The info names no pixels, or the rows are too short for them.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public PixelBuffer(SKImageInfo info, int rowBytes) : base(0, ownsHandle: true)
    {
        Check(info, rowBytes);
        (Info, RowBytes) = (info, rowBytes);
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)rowBytes * (nuint)info.Height));
    }

    /// <summary>Wraps the caller's memory, which must stay valid until <paramref name="released"/> is called.</summary>
    /// <exception cref="ArgumentException">The info names no pixels, or the rows are too short for them.</exception>
    public PixelBuffer(SKImageInfo info, nint pixels, int rowBytes, Action? released) : base(0, ownsHandle: true)
    {
        Check(info, rowBytes);
        ArgumentOutOfRangeException.ThrowIfZero(pixels);
        (Info, RowBytes, IsLent, this.released) = (info, rowBytes, true, released);
        SetHandle(pixels);
    }

    public SKImageInfo Info { get; }

    public int RowBytes { get; }

    private bool IsLent { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Bytes from the first pixel to the last, padding between the rows included.</summary>
    public int ByteCount => checked((Info.Height - 1) * RowBytes + Info.RowBytes);

    /// <exception cref="ObjectDisposedException">The pixels were freed.</exception>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, typeof(SKBitmap));
            return handle;
        }
    }

    public Span<byte> Span => new((void*)Pointer, ByteCount);

    public Span<byte> Row(int y) => new((byte*)Pointer + (long)y * RowBytes, Info.RowBytes);

    public PixelBuffer Copy()
    {
        PixelBuffer copy = new(Info, Info.RowBytes);
        for (var y = 0; y < Info.Height; y++)
            Row(y).CopyTo(copy.Row(y));
        return copy;
    }

    protected override bool ReleaseHandle()
    {
        if (!IsLent)
            NativeMemory.Free((void*)handle);
        released?.Invoke();
        return true;
    }

    private static void Check(SKImageInfo info, int rowBytes)
    {
        if (info.IsEmpty || info.BytesPerPixel == 0)
            throw new ArgumentException($"An image of {info.Width}x{info.Height} pixels of type {info.ColorType} cannot be made: "
                + "width and height must be at least 1 and the type one of Bgra8888, Rgba8888 and Gray8.", nameof(info));
        if (rowBytes < info.RowBytes64 || (long)rowBytes * info.Height > int.MaxValue)
        {
            throw new ArgumentException($"Rows of {rowBytes} bytes do not fit an image of {info.Width}x{info.Height} pixels of "
                + $"{info.BytesPerPixel} bytes: a row needs its pixels' bytes, and the image at most 2 GiB.", nameof(rowBytes));
        }
    }
}
