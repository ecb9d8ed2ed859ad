using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>A view of the pixels of a bitmap, an image or a surface.</summary>
public sealed class SKPixmap : SKObject
{
    private readonly PixelBuffer pixels;

    internal SKPixmap(PixelBuffer pixels) => this.pixels = pixels;

    public SKImageInfo Info => Pixels.Info;

    public int Width => Info.Width;

    public int Height => Info.Height;

    public int RowBytes => Pixels.RowBytes;

    private PixelBuffer Pixels
    {
        get
        {
            ThrowIfDisposed();
            return pixels;
        }
    }

    public nint GetPixels() => Pixels.Pointer;

    public Span<byte> GetPixelSpan() => Pixels.Span;

    /// <summary>Encodes the pixels as PNG; <paramref name="quality"/> does not act on PNG.</summary>
    /// <exception cref="NotSupportedException">Another format than PNG is asked for.</exception>
    public SKData Encode(SKEncodedImageFormat encoder, int quality) => Encode(Pixels, encoder);

    internal static SKData Encode(PixelBuffer pixels, SKEncodedImageFormat format) => format == SKEncodedImageFormat.Png
        ? SKData.Adopt(PngEncoder.Encode(pixels))
        : throw new NotSupportedException($"Only PNG can be encoded here, not {format}; OpenCvSharp's Cv2.ImWrite writes other formats.");
}
