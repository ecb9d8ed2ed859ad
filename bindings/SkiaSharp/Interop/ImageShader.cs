namespace SkiaSharp.Interop;

/// <summary>An image as filling.</summary>
internal sealed class ImageShader : SKShader
{
    private readonly PixelBuffer pixels;
    private readonly SKShaderTileMode mode;
    private readonly CairoMatrix toImage;

    public ImageShader(PixelBuffer pixels, SKShaderTileMode mode, SKMatrix localMatrix) =>
        (this.pixels, this.mode, toImage) = (pixels, mode, Inverse(localMatrix));

    internal override bool TakesAlpha => false;

    private protected override CairoPattern MakePattern(SKColorType order, byte alpha)
    {
        var pattern = Create(pixels, order);
        pattern.SetExtend(mode);
        pattern.SetSampling(SKSamplingOptions.Default);
        pattern.SetMatrix(toImage);
        return pattern;
    }

    /// <summary>
    /// A pattern that shows the pixels, converted for a canvas of the byte order <paramref name="order"/> where they need it.
    /// </summary>
    public static CairoPattern Create(PixelBuffer pixels, SKColorType order)
    {
        var source = PixelConversion.ForCanvas(pixels, order, out var isCopy);
        try
        {
            return new CairoPattern(new CairoSurface(source));
        }
        finally
        {
            if (isCopy)
                source.Dispose();                 // the surface holds on to it
        }
    }

    private protected override void DisposeManaged() => pixels.Dispose();
}
