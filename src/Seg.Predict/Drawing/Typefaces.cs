using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>The letters of all that is written into pictures.</summary>
internal static class Typefaces
{
    private const string Family = "DejaVu Sans";

    public static SKTypeface Normal { get; } = SKTypeface.FromFamilyName(Family, SKFontStyle.Normal);

    public static SKTypeface Bold { get; } = SKTypeface.FromFamilyName(Family, SKFontStyle.Bold);
}
