using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>
/// Pixels in memory. <see cref="SKCanvas"/> draws on those of the types Bgra8888 and Rgba8888 with alpha Premul or Opaque.
/// </summary>
/// <remarks>In Opaque pixels the fourth byte is unspecified, as in Cairo's RGB24.</remarks>
public sealed class SKBitmap : SKObject
{
    private PixelBuffer? pixels;

    /// <summary>A bitmap without pixels, for <see cref="InstallPixels(SKImageInfo, nint, int)"/>.</summary>
    public SKBitmap() { }

    public SKBitmap(int width, int height, bool isOpaque = false)
        : this(width, height, SKImageInfo.PlatformColorType, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul) { }

    public SKBitmap(int width, int height, SKColorType colorType, SKAlphaType alphaType)
        : this(new SKImageInfo(width, height, colorType, alphaType)) { }

    public SKBitmap(SKImageInfo info) : this(info, info.RowBytes) { }

    /// <summary>A bitmap of zeros.</summary>
    /// <exception cref="ArgumentException">The info names no pixels, or the rows are too short for them.</exception>
    public SKBitmap(SKImageInfo info, int rowBytes) => pixels = new PixelBuffer(info, rowBytes);

    public SKImageInfo Info => Current?.Info ?? SKImageInfo.Empty;

    public int Width => Info.Width;

    public int Height => Info.Height;

    public SKColorType ColorType => Info.ColorType;

    public SKAlphaType AlphaType => Info.AlphaType;

    public int BytesPerPixel => Info.BytesPerPixel;

    public int RowBytes => Current?.RowBytes ?? 0;

    public int ByteCount => Current?.ByteCount ?? 0;

    public bool IsEmpty => Info.IsEmpty;

    public bool IsNull => Current is null;

    /// <summary>A copy of the pixels.</summary>
    public byte[] Bytes => GetPixelSpan().ToArray();

    /// <exception cref="InvalidOperationException">The bitmap has no pixels.</exception>
    internal PixelBuffer Pixels =>
        Current ?? throw new InvalidOperationException("The bitmap has no pixels: give it a size or install some.");

    private PixelBuffer? Current
    {
        get
        {
            ThrowIfDisposed();
            return pixels;
        }
    }

    public bool InstallPixels(SKImageInfo info, nint pixels) => InstallPixels(info, pixels, info.RowBytes, null, null);

    public bool InstallPixels(SKImageInfo info, nint pixels, int rowBytes) => InstallPixels(info, pixels, rowBytes, null, null);

    public bool InstallPixels(SKImageInfo info, nint pixels, int rowBytes, SKBitmapReleaseDelegate releaseProc) =>
        InstallPixels(info, pixels, rowBytes, releaseProc, null);

    /// <summary>
    /// Uses the caller's memory, which must stay valid until <paramref name="releaseProc"/> is called or the bitmap and its canvases are
    /// disposed.
    /// </summary>
    public bool InstallPixels(SKImageInfo info, nint pixels, int rowBytes, SKBitmapReleaseDelegate? releaseProc, object? context)
    {
        var old = Current;
        this.pixels = new PixelBuffer(info, pixels, rowBytes, releaseProc is null ? null : () => releaseProc(pixels, context!));
        old?.Dispose();
        return true;
    }

    public nint GetPixels() => Current?.Pointer ?? 0;

    public nint GetPixels(out nint length)
    {
        length = ByteCount;
        return GetPixels();
    }

    /// <summary>The pixels, rows of <see cref="RowBytes"/> bytes; valid until the bitmap is disposed.</summary>
    public Span<byte> GetPixelSpan() => Current is { } buffer ? buffer.Span : [];

    /// <summary>The pixel's colour with straight alpha.</summary>
    public SKColor GetPixel(int x, int y)
    {
        Check(x, y);
        return PixelConversion.Read(Pixels.Row(y), x * BytesPerPixel, Info);
    }

    public void SetPixel(int x, int y, SKColor color)
    {
        Check(x, y);
        PixelConversion.Write(Pixels.Row(y), x * BytesPerPixel, Info, color);
    }

    public void Erase(SKColor color)
    {
        for (var y = 0; y < Height; y++)
        {
            var row = Pixels.Row(y);
            for (var i = 0; i < row.Length; i += BytesPerPixel)
                PixelConversion.Write(row, i, Info, color);
        }
    }

    public SKBitmap Copy() => new(Pixels.Copy());

    /// <summary>A view of the pixels, or null when there are none.</summary>
    public SKPixmap? PeekPixels() => Current is { } buffer ? new SKPixmap(buffer) : null;

    /// <summary>Encodes the bitmap as PNG; <paramref name="quality"/> does not act on PNG.</summary>
    /// <exception cref="NotSupportedException">Another format than PNG is asked for.</exception>
    public SKData Encode(SKEncodedImageFormat format, int quality) => SKPixmap.Encode(Pixels, format);

    public bool Encode(Stream dst, SKEncodedImageFormat format, int quality)
    {
        using var data = Encode(format, quality);
        data.SaveTo(dst);
        return true;
    }

    private protected override void DisposeManaged() => pixels?.Dispose();

    private SKBitmap(PixelBuffer pixels) => this.pixels = pixels;

    private void Check(int x, int y)
    {
        if ((uint)x >= (uint)Width)
            throw new ArgumentOutOfRangeException(nameof(x), x, $"The bitmap is {Width} pixels wide.");
        if ((uint)y >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(y), y, $"The bitmap is {Height} pixels high.");
    }
}

/// <summary>Called once nobody uses the caller's pixels any more.</summary>
public delegate void SKBitmapReleaseDelegate(nint address, object context);
