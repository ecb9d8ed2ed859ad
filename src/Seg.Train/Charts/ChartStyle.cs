using Seg.Models;
using SkiaSharp;

namespace Seg.Train.Charts;

/// <summary>Colours and letters that all charts share, and how they become files.</summary>
internal static class ChartStyle
{
    public static readonly SKColor Background = SKColors.White, Ink = new(34, 38, 46), Faint = new(110, 116, 126),
        Grid = new(228, 231, 236);

    /// <summary>
    /// Colours of lines that can be told apart, also by most who are colour-blind (Okabe and Ito, 2008, with a darker yellow).
    /// </summary>
    public static readonly SKColor[] Lines =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167),
        new(150, 120, 0), new(86, 180, 233), new(60, 60, 66), new(160, 40, 48),
    ];

    public static void Text(SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left,
        bool bold = false)
    {
        using var typeface = SKTypeface.FromFamilyName(null, bold ? SKFontStyle.Bold : SKFontStyle.Normal);
        using SKFont font = new(typeface, size) { Subpixel = true };
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Width of a text in pixels.</summary>
    public static float Measure(string text, float size)
    {
        using SKFont font = new(SKTypeface.Default, size) { Subpixel = true };
        return font.MeasureText(text);
    }

    /// <summary>The text, cut with an ellipsis where it is wider than that.</summary>
    public static string Fit(string text, float size, float width)
    {
        if (Measure(text, size) <= width)
            return text;
        var length = text.Length;
        while (length > 1 && Measure(text[..length] + "…", size) > width)
            length--;
        return text[..length] + "…";
    }

    /// <summary>Draws a picture and writes it as PNG, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, int width, int height, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKAlphaType.Opaque));
        surface.Canvas.Clear(Background);
        draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, data.AsSpan());
    }
}
