using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>A cairo_surface_t over a <see cref="PixelBuffer"/>, which it keeps alive.</summary>
internal sealed unsafe class CairoSurface : SafeHandle
{
    private const int Argb32 = 0, Rgb24 = 1;

    private readonly PixelBuffer pixels;

    /// <exception cref="NotSupportedException">Cairo has no such pixels; the message says what to use.</exception>
    public CairoSurface(PixelBuffer pixels) : base(0, ownsHandle: true)
    {
        this.pixels = pixels;
        var info = pixels.Info;
        if (info.ColorType is not (SKColorType.Bgra8888 or SKColorType.Rgba8888))
            throw new NotSupportedException($"Cairo cannot draw on pixels of type {info.ColorType}: use Bgra8888 or Rgba8888.");
        if (info.AlphaType is not (SKAlphaType.Premul or SKAlphaType.Opaque))
            throw new NotSupportedException($"Cairo cannot draw on pixels with alpha {info.AlphaType}: use Premul or Opaque.");
        if (pixels.RowBytes % 4 != 0)
            throw new NotSupportedException($"Cairo needs rows of a multiple of 4 bytes, not of {pixels.RowBytes}.");

        var held = false;
        pixels.DangerousAddRef(ref held);
        var format = info.AlphaType == SKAlphaType.Opaque ? Rgb24 : Argb32;
        SetHandle(Cairo.cairo_image_surface_create_for_data((void*)pixels.Pointer, format, info.Width, info.Height, pixels.RowBytes));
        CairoError.Check(Cairo.cairo_surface_status(handle));
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.cairo_surface_destroy(handle);
        pixels.DangerousRelease();
        return true;
    }
}
