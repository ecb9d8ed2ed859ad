using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>Pixels and the canvas that draws on them.</summary>
public sealed class SKSurface : SKObject
{
    private readonly PixelBuffer pixels;
    private readonly SKCanvas canvas;

    private SKSurface(PixelBuffer pixels)
    {
        this.pixels = pixels;
        canvas = new SKCanvas(pixels);
    }

    /// <summary>Draws on the surface's pixels; it ends with the surface.</summary>
    public SKCanvas Canvas
    {
        get
        {
            ThrowIfDisposed();
            return canvas;
        }
    }

    public static SKSurface Create(SKImageInfo info) => new(new PixelBuffer(info, info.RowBytes));

    public static SKSurface Create(SKImageInfo info, int rowBytes) => new(new PixelBuffer(info, rowBytes == 0 ? info.RowBytes : rowBytes));

    public static SKSurface Create(SKImageInfo info, nint pixels) => Create(info, pixels, info.RowBytes);

    /// <summary>Draws on the caller's memory, which must stay valid until the surface is disposed.</summary>
    /// <exception cref="ArgumentException">The info names no pixels, or the rows are too short for them.</exception>
    /// <exception cref="NotSupportedException">Cairo has no such pixels.</exception>
    public static SKSurface Create(SKImageInfo info, nint pixels, int rowBytes) =>
        new(new PixelBuffer(info, pixels, rowBytes, released: null));

    /// <summary>A copy of what has been drawn.</summary>
    public SKImage Snapshot()
    {
        Canvas.Flush();
        return new(pixels.Copy());
    }

    /// <summary>A view of the pixels as drawn so far; valid until the surface is disposed.</summary>
    public SKPixmap PeekPixels()
    {
        Canvas.Flush();
        return new(pixels);
    }

    public void Flush() => Canvas.Flush();

    private protected override void DisposeManaged()
    {
        canvas.Dispose();
        pixels.Dispose();
    }
}
