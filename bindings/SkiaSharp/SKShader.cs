using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>What a shape is filled with instead of one colour: a gradient or an image.</summary>
/// <remarks>A shader is a description; the Cairo pattern for it is made when something is drawn.</remarks>
public abstract class SKShader : SKObject
{
    private protected SKShader() { }

    public static SKShader CreateColor(SKColor color) =>
        CreateLinearGradient(SKPoint.Empty, new SKPoint(1, 0), [color], SKShaderTileMode.Clamp);

    public static SKShader CreateLinearGradient(SKPoint start, SKPoint end, SKColor[] colors, SKShaderTileMode mode) =>
        CreateLinearGradient(start, end, colors, null, mode);

    public static SKShader CreateLinearGradient(SKPoint start, SKPoint end, SKColor[] colors, float[]? colorPos, SKShaderTileMode mode) =>
        CreateLinearGradient(start, end, colors, colorPos, mode, SKMatrix.Identity);

    /// <param name="start">Where the first colour is.</param>
    /// <param name="end">Where the last colour is.</param>
    /// <param name="colors">At least one.</param>
    /// <param name="colorPos">One a colour, rising within 0–1; null spaces them evenly.</param>
    /// <param name="mode">What lies before the start and behind the end.</param>
    /// <param name="localMatrix">From the gradient's coordinates to the canvas's.</param>
    public static SKShader CreateLinearGradient(
        SKPoint start, SKPoint end, SKColor[] colors, float[]? colorPos, SKShaderTileMode mode, SKMatrix localMatrix) =>
        new GradientShader(() => Cairo.cairo_pattern_create_linear(start.X, start.Y, end.X, end.Y), colors, colorPos, mode, localMatrix);

    public static SKShader CreateRadialGradient(SKPoint center, float radius, SKColor[] colors, SKShaderTileMode mode) =>
        CreateRadialGradient(center, radius, colors, null, mode);

    public static SKShader CreateRadialGradient(SKPoint center, float radius, SKColor[] colors, float[]? colorPos, SKShaderTileMode mode) =>
        CreateRadialGradient(center, radius, colors, colorPos, mode, SKMatrix.Identity);

    /// <inheritdoc cref="CreateLinearGradient(SKPoint, SKPoint, SKColor[], float[], SKShaderTileMode, SKMatrix)"/>
    /// <param name="center">Where the first colour is.</param>
    /// <param name="radius">How far from the centre the last colour is.</param>
    public static SKShader CreateRadialGradient(
        SKPoint center, float radius, SKColor[] colors, float[]? colorPos, SKShaderTileMode mode, SKMatrix localMatrix) =>
        new GradientShader(
            () => Cairo.cairo_pattern_create_radial(center.X, center.Y, 0, center.X, center.Y, radius),
            colors, colorPos, mode, localMatrix);

    public static SKShader CreateBitmap(SKBitmap src) => CreateBitmap(src, SKShaderTileMode.Clamp, SKShaderTileMode.Clamp);

    public static SKShader CreateBitmap(SKBitmap src, SKShaderTileMode tmx, SKShaderTileMode tmy) =>
        CreateBitmap(src, tmx, tmy, SKMatrix.Identity);

    /// <summary>A copy of the bitmap, read with the nearest pixel.</summary>
    /// <exception cref="NotSupportedException">The two tile modes differ, which Cairo cannot do.</exception>
    public static SKShader CreateBitmap(SKBitmap src, SKShaderTileMode tmx, SKShaderTileMode tmy, SKMatrix localMatrix)
    {
        ArgumentNullException.ThrowIfNull(src);
        if (tmx != tmy)
            throw new NotSupportedException($"Cairo tiles an image alike in both directions: give one mode twice, not {tmx} and {tmy}.");
        return new ImageShader(src.Pixels.Copy(), tmx, localMatrix);
    }

    /// <param name="order">Order of the bytes of the canvas: with Rgba8888 red and blue change places, as Cairo draws BGRA.</param>
    /// <param name="alpha">The paint's alpha, 0–255, which acts on all of the shader.</param>
    internal CairoPattern CreatePattern(SKColorType order, byte alpha)
    {
        ThrowIfDisposed();
        return MakePattern(order, alpha);
    }

    /// <summary>Whether the pattern has taken in the paint's alpha; if not, the canvas applies it.</summary>
    internal abstract bool TakesAlpha { get; }

    private protected abstract CairoPattern MakePattern(SKColorType order, byte alpha);

    private protected static CairoMatrix Inverse(SKMatrix matrix)
    {
        var m = CairoMatrix.From(matrix);
        var d = m.Determinant;
        if (d == 0 || !double.IsFinite(d))
            throw new ArgumentException("The shader's matrix cannot be inverted.", nameof(matrix));
        return new CairoMatrix
        {
            XX = m.YY / d,
            XY = -m.XY / d,
            X0 = (m.XY * m.Y0 - m.YY * m.X0) / d,
            YX = -m.YX / d,
            YY = m.XX / d,
            Y0 = (m.YX * m.X0 - m.XX * m.Y0) / d,
        };
    }
}
