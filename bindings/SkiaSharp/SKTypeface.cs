using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>A family of letters in one style.</summary>
/// <remarks>
/// Fontconfig finds the font; on Debian the package fonts-dejavu-core is enough. With no font installed Cairo draws
/// its own built-in stroke letters.
/// </remarks>
public sealed class SKTypeface : SKObject
{
    private readonly CairoFontFace face;

    private SKTypeface(string familyName, SKFontStyle style)
    {
        (FamilyName, FontStyle) = (familyName, style);
        face = new CairoFontFace(familyName, IsBold, style.Slant);
    }

    /// <summary>The system's sans serif letters; disposing it does nothing.</summary>
    public static SKTypeface Default { get; } = new("sans-serif", SKFontStyle.Normal);

    /// <summary>The name asked for; fontconfig may have put another family in its place.</summary>
    public string FamilyName { get; }

    public SKFontStyle FontStyle { get; }

    public int FontWeight => FontStyle.Weight;

    public SKFontStyleSlant FontSlant => FontStyle.Slant;

    public bool IsBold => FontStyle.Weight >= (int)SKFontStyleWeight.SemiBold;

    public bool IsItalic => FontStyle.Slant != SKFontStyleSlant.Upright;

    internal CairoFontFace Face
    {
        get
        {
            ThrowIfDisposed();
            return face;
        }
    }

    private protected override bool IsDisposable => this != Default;

    public static SKTypeface FromFamilyName(string? familyName) => FromFamilyName(familyName, SKFontStyle.Normal);

    public static SKTypeface FromFamilyName(string? familyName, int weight, int width, SKFontStyleSlant slant) =>
        FromFamilyName(familyName, new SKFontStyle(weight, width, slant));

    public static SKTypeface FromFamilyName(string? familyName, SKFontStyleWeight weight, SKFontStyleWidth width, SKFontStyleSlant slant) =>
        FromFamilyName(familyName, new SKFontStyle(weight, width, slant));

    /// <summary>The family of that name in that style, or the nearest that fontconfig has; null asks for the default family.</summary>
    public static SKTypeface FromFamilyName(string? familyName, SKFontStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        return new(familyName ?? Default.FamilyName, style);
    }

    public SKFont ToFont() => new(this);

    public SKFont ToFont(float size, float scaleX = 1, float skewX = 0) => new(this, size, scaleX, skewX);

    private protected override void DisposeManaged()
    {
        if (IsDisposable)
            face.Dispose();
    }
}
