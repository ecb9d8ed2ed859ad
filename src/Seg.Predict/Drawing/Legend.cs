using System.Globalization;
using OpenCvSharp;
using Seg.Models;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>A box that names classes: a chip of the class's colour, its name, and its share of the pixels, in as many columns as fit.</summary>
internal sealed class Legend : IPictureKey
{
    private static readonly SKColor TextColor = new(0xF2, 0xF4, 0xF7), ShareColor = new(0xA9, 0xB2, 0xBD), ChipEdge = new(0xFF, 0xFF, 0xFF, 0x60);

    private const float SpacingInText = 1.5f;                   // between columns, in text sizes
    private const float LeastWidthInText = 16;                  // of a strip, which is wider than its picture where that is narrower

    private readonly IReadOnlyList<ClassShare> shares;
    private readonly float textSize, cellWidth, shareWidth;
    private readonly int columns;
    private readonly bool isPanel;
    private readonly int leftOut;

    /// <param name="leftOut">Classes that are not among the shares for want of room; a last line says how many.</param>
    private Legend(IReadOnlyList<ClassShare> shares, float textSize, int columns, int width, bool isPanel, int leftOut = 0)
    {
        (this.shares, this.textSize, this.columns, this.isPanel, this.leftOut) = (shares, textSize, columns, isPanel, leftOut);
        Width = width;
        var lines = shares.Count + (leftOut > 0 ? 1 : 0);
        var rows = (lines + columns - 1) / columns;
        Height = (int)MathF.Ceiling(rows * RowHeight + 2 * Padding);
        cellWidth = (width - 2 * Padding + Spacing) / columns - Spacing;
        using var font = new SKFont(Typefaces.Normal, textSize);
        shareWidth = font.MeasureText("00.0 %");
    }

    public int Width { get; }

    public int Height { get; }

    /// <inheritdoc/>
    public int Margin => (int)MathF.Round(textSize * 0.7f);

    private float RowHeight => MathF.Round(textSize * 1.6f);

    private float Padding => MathF.Round(textSize * 0.8f);

    private float Spacing => textSize * SpacingInText;

    private float ChipSize => MathF.Round(textSize * 0.95f);

    /// <summary>The legends of a picture: a strip, or a panel (true).</summary>
    public static Func<bool, IPictureKey?> For(IReadOnlyList<ClassShare> shares, Size picture) =>
        inside => inside ? ForPanel(shares, picture.Width, picture.Height) : ForStrip(shares, picture.Width, picture.Height);

    /// <summary>
    /// An opaque strip, to stand under a picture; null where there is no class. It is as wide as the picture, but never too narrow for a
    /// name, and not higher than the picture, but for very low ones: classes that do not fit, the smallest, are counted in the last line.
    /// </summary>
    public static Legend? ForStrip(IReadOnlyList<ClassShare> shares, int pictureWidth, int pictureHeight)
    {
        if (shares.Count == 0)
            return null;
        var textSize = TextSize(pictureWidth, pictureHeight);
        var cell = NeededWidth(shares, textSize);
        var padding = 2 * MathF.Round(0.8f * textSize);
        var width = Math.Max(pictureWidth, (int)MathF.Ceiling(Math.Min(cell + padding, LeastWidthInText * textSize)));
        // columns · (cell + spacing) − spacing ≤ width − 2 · padding, by the sizes of the properties above
        var fitting = (int)((width - padding + SpacingInText * textSize) / (cell + SpacingInText * textSize));
        var columns = Math.Clamp(fitting, 1, shares.Count);
        var lines = columns * Math.Max(3, (int)((pictureHeight - padding) / MathF.Round(1.6f * textSize)));
        var leftOut = shares.Count <= lines ? 0 : shares.Count - lines + 1;
        return new Legend([.. shares.Take(shares.Count - leftOut)], textSize, columns, width, isPanel: false, leftOut);
    }

    /// <summary>A translucent panel of the size that its lines need, to lie on a picture; null where there is no class or no room for it.</summary>
    public static Legend? ForPanel(IReadOnlyList<ClassShare> shares, int pictureWidth, int pictureHeight)
    {
        var textSize = MathF.Max(10, MathF.Round(TextSize(pictureWidth, pictureHeight) * 0.85f));   // smaller, as it hides what it lies on
        if (shares.Count == 0)
            return null;
        var rowsThatFit = Math.Max(1, (int)((pictureHeight * 0.8f - 1.6f * textSize) / (1.6f * textSize)));
        var columns = (shares.Count + rowsThatFit - 1) / rowsThatFit;
        var spacing = SpacingInText * textSize;
        var width = (int)MathF.Ceiling(columns * (NeededWidth(shares, textSize) + spacing) - spacing + 2 * MathF.Round(0.8f * textSize));
        var panel = new Legend(shares, textSize, columns, width, isPanel: true);
        return width + 2 * panel.Margin <= pictureWidth && panel.Height + 2 * panel.Margin <= pictureHeight ? panel : null;
    }

    /// <inheritdoc/>
    public void DrawOn(Mat bgr, int x, int y) => PictureLayer.Draw(bgr, new Rect(x, y, Width, Height), canvas =>
    {
        canvas.Translate(x, y);
        Draw(canvas);
    });

    /// <summary>In pixels: grows with the picture, but more slowly, and never below what can be read.</summary>
    internal static float TextSize(int width, int height) => Math.Max(11, MathF.Round(MathF.Pow(Math.Min(width, 1.6f * height), 0.7f) * 0.165f));

    /// <summary>Width of a line: chip, the longest name, share.</summary>
    private static float NeededWidth(IReadOnlyList<ClassShare> shares, float textSize)
    {
        using var font = new SKFont(Typefaces.Normal, textSize);
        var name = shares.Count == 0 ? 0 : shares.Max(share => font.MeasureText(share.Name));
        return MathF.Ceiling(MathF.Round(textSize * 0.95f) + 1.2f * textSize + name + font.MeasureText("00.0 %") + 1);
    }

    private void Draw(SKCanvas canvas)
    {
        using var font = new SKFont(Typefaces.Normal, textSize);
        using var text = new SKPaint { Color = TextColor, IsAntialias = true };
        using var faint = new SKPaint { Color = ShareColor, IsAntialias = true };
        using var fill = new SKPaint { Color = isPanel ? KeyedPicture.PanelColor : KeyedPicture.StripColor, IsAntialias = true };
        using var edge = new SKPaint { Color = ChipEdge, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 1 };

        canvas.Clear(isPanel ? SKColors.Transparent : KeyedPicture.StripColor);
        if (isPanel)
            canvas.DrawRoundRect(SKRect.Create(0, 0, Width, Height), textSize * 0.5f, textSize * 0.5f, fill);
        var capHeight = textSize * 0.73f;                       // of DejaVu Sans; centres capitals and digits in their line
        for (var index = 0; index < shares.Count; index++)
        {
            var share = shares[index];
            var (left, top, baseline) = Cell(index, capHeight);
            var chip = SKRect.Create(MathF.Round(left) + 0.5f, MathF.Round(top + (RowHeight - ChipSize) / 2) + 0.5f, ChipSize, ChipSize);
            fill.Color = new SKColor(share.Color.R, share.Color.G, share.Color.B);
            canvas.DrawRoundRect(chip, ChipSize * 0.2f, ChipSize * 0.2f, fill);
            canvas.DrawRoundRect(chip, ChipSize * 0.2f, ChipSize * 0.2f, edge);

            var nameLeft = left + ChipSize + 0.6f * textSize;
            var name = Shorten(share.Name, font, left + cellWidth - shareWidth - 0.6f * textSize - nameLeft);
            canvas.DrawText(name, nameLeft, baseline, SKTextAlign.Left, font, text);
            canvas.DrawText(Percent(share.Share), left + cellWidth, baseline, SKTextAlign.Right, font, faint);
        }
        if (leftOut > 0)
        {
            var (left, _, baseline) = Cell(shares.Count, capHeight);
            canvas.DrawText($"and {leftOut} more", left + ChipSize + 0.6f * textSize, baseline, SKTextAlign.Left, font, faint);
        }
    }

    /// <summary>Upper left corner of a line, and the baseline of its text.</summary>
    private (float Left, float Top, float Baseline) Cell(int index, float capHeight)
    {
        float left = Padding + index % columns * (cellWidth + Spacing), top = Padding + index / columns * RowHeight;
        return (left, top, MathF.Round(top + (RowHeight + capHeight) / 2));
    }

    private static string Percent(double share) => share switch
    {
        0 => "–",
        < 0.0005 => "<0.1 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %"),
    };

    private static string Shorten(string name, SKFont font, float width)
    {
        if (font.MeasureText(name) <= width)
            return name;
        var length = name.Length;
        while (length > 0 && font.MeasureText(name[..length] + "…") > width)
            length--;
        return name[..length] + "…";
    }
}
