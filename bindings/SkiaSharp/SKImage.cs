using System.Runtime.InteropServices;
using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>Pixels that do not change.</summary>
public sealed class SKImage : SKObject
{
    private readonly PixelBuffer pixels;

    internal SKImage(PixelBuffer pixels) => this.pixels = pixels;

    public SKImageInfo Info => Pixels.Info;

    public int Width => Info.Width;

    public int Height => Info.Height;

    public SKColorType ColorType => Info.ColorType;

    public SKAlphaType AlphaType => Info.AlphaType;

    internal PixelBuffer Pixels
    {
        get
        {
            ThrowIfDisposed();
            return pixels;
        }
    }

    /// <summary>An image of a copy of the bitmap's pixels.</summary>
    public static SKImage FromBitmap(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        return new(bitmap.Pixels.Copy());
    }

    public static SKImage FromPixelCopy(SKImageInfo info, nint pixels) => FromPixelCopy(info, pixels, info.RowBytes);

    public static SKImage FromPixelCopy(SKImageInfo info, nint pixels, int rowBytes)
    {
        using PixelBuffer lent = new(info, pixels, rowBytes, released: null);
        return new(lent.Copy());
    }

    public static SKImage FromPixelCopy(SKImageInfo info, byte[] pixels) => FromPixelCopy(info, pixels, info.RowBytes);

    public static SKImage FromPixelCopy(SKImageInfo info, byte[] pixels, int rowBytes) => FromPixelCopy(info, pixels.AsSpan(), rowBytes);

    public static SKImage FromPixelCopy(SKImageInfo info, ReadOnlySpan<byte> pixels) => FromPixelCopy(info, pixels, info.RowBytes);

    /// <exception cref="ArgumentException">There are fewer bytes than the image needs.</exception>
    public static unsafe SKImage FromPixelCopy(SKImageInfo info, ReadOnlySpan<byte> pixels, int rowBytes)
    {
        if (!info.IsEmpty && pixels.Length < (info.Height - 1L) * rowBytes + info.RowBytes64)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are too few for {info.Width}x{info.Height} pixels in rows of {rowBytes} bytes.", nameof(pixels));
        }
        fixed (byte* pointer = &MemoryMarshal.GetReference(pixels))
            return FromPixelCopy(info, (nint)pointer, rowBytes);
    }

    public SKPixmap PeekPixels() => new(Pixels);

    /// <summary>Encodes the image as PNG.</summary>
    public SKData Encode() => Encode(SKEncodedImageFormat.Png, 100);

    /// <summary>Encodes the image as PNG; <paramref name="quality"/> does not act on PNG.</summary>
    /// <exception cref="NotSupportedException">Another format than PNG is asked for.</exception>
    public SKData Encode(SKEncodedImageFormat format, int quality) => SKPixmap.Encode(Pixels, format);

    private protected override void DisposeManaged() => pixels.Dispose();
}
