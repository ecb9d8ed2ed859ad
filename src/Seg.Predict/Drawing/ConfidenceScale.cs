using System.Globalization;
using OpenCvSharp;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>The scale of a picture of confidence: the mean, a bar of the colours, and numbers under it as many as fit.</summary>
internal sealed class ConfidenceScale : IPictureKey
{
    private const float LeastWidthInText = 16, PanelWidthInText = 22;

    private static readonly SKColor TextColor = new(0xF2, 0xF4, 0xF7), FaintColor = new(0xA9, 0xB2, 0xBD), BarEdge = new(0xFF, 0xFF, 0xFF, 0x60);

    /// <summary>In the order in which they are written where there is room.</summary>
    private static readonly double[] Marks = [1, 0, 0.5, 0.9, 0.75, 0.99, 0.25, 0.95];

    private readonly double mean;
    private readonly float textSize;
    private readonly bool isPanel;

    private ConfidenceScale(double mean, float textSize, int width, bool isPanel)
    {
        (this.mean, this.textSize, this.isPanel, Width) = (mean, textSize, isPanel, width);
        Height = (int)MathF.Ceiling(5.2f * textSize);
    }

    public int Width { get; }

    public int Height { get; }

    public int Margin => (int)MathF.Round(textSize * 0.7f);

    private float Padding => MathF.Round(textSize * 0.9f);

    /// <param name="mean">Confidence of all pixels, 0–1.</param>
    /// <param name="inside">Whether it is to lie on the picture.</param>
    /// <returns>null where the picture has no room for it.</returns>
    public static ConfidenceScale? For(double mean, Size picture, bool inside)
    {
        var textSize = Legend.TextSize(picture.Width, picture.Height);
        if (!inside)
            return new(mean, textSize, Math.Max(picture.Width, (int)MathF.Ceiling(LeastWidthInText * textSize)), isPanel: false);
        textSize = MathF.Max(10, MathF.Round(0.85f * textSize));
        ConfidenceScale panel = new(mean, textSize, (int)MathF.Ceiling(PanelWidthInText * textSize), isPanel: true);
        return panel.Width + 2 * panel.Margin <= picture.Width && 2 * panel.Height <= picture.Height ? panel : null;
    }

    public void DrawOn(Mat bgr, int x, int y) => PictureLayer.Draw(bgr, new Rect(x, y, Width, Height), canvas =>
    {
        canvas.Translate(x, y);
        Draw(canvas);
    });

    private void Draw(SKCanvas canvas)
    {
        using SKFont font = new(Typefaces.Normal, textSize);
        using SKPaint text = new() { Color = TextColor, IsAntialias = true };
        using SKPaint fill = new() { Color = isPanel ? KeyedPicture.PanelColor : KeyedPicture.StripColor, IsAntialias = true };
        if (isPanel)
            canvas.DrawRoundRect(SKRect.Create(0, 0, Width, Height), textSize * 0.5f, textSize * 0.5f, fill);
        else
            canvas.DrawRect(0, 0, Width, Height, fill);
        var baseline = MathF.Round(Padding + 0.75f * textSize);
        canvas.DrawText("confidence", Padding, baseline, SKTextAlign.Left, font, text);
        text.Color = FaintColor;
        var meanText = string.Create(CultureInfo.InvariantCulture, $"mean {100 * mean:0.0} %");
        if (font.MeasureText("confidence  ") + font.MeasureText(meanText) + 2 * Padding <= Width)
            canvas.DrawText(meanText, Width - Padding, baseline, SKTextAlign.Right, font, text);
        var bar = SKRect.Create(Padding + 0.5f, MathF.Round(baseline + 0.55f * textSize) + 0.5f, Width - 2 * Padding - 1, MathF.Round(0.9f * textSize));
        DrawBar(canvas, bar);
        DrawMarks(canvas, bar, font, text);
    }

    private static void DrawBar(SKCanvas canvas, SKRect bar)
    {
        using SKPaint paint = new() { IsAntialias = false };
        for (var x = 0; x < bar.Width; x++)
        {
            var color = DoubtColors.At(x / (bar.Width - 1));
            paint.Color = new SKColor(color.R, color.G, color.B);
            canvas.DrawRect(bar.Left - 0.5f + x, bar.Top, 1, bar.Height, paint);
        }
        using SKPaint edge = new() { Color = BarEdge, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 1 };
        canvas.DrawRect(bar, edge);
    }

    private void DrawMarks(SKCanvas canvas, SKRect bar, SKFont font, SKPaint text)
    {
        List<(float Left, float Right)> taken = [];
        var (baseline, least) = (MathF.Round(bar.Bottom + 1.35f * textSize), 0.6f * textSize);
        foreach (var mark in Marks)
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"{100 * mark:0} %");
            var (at, width) = (bar.Left + (float)DoubtColors.PlaceOf(mark) * bar.Width, font.MeasureText(label));
            var left = Math.Clamp(at - width / 2, bar.Left, Math.Max(bar.Left, bar.Right - width));
            if (taken.Exists(other => left < other.Right + least && left + width + least > other.Left))
                continue;
            taken.Add((left, left + width));
            canvas.DrawText(label, left, baseline, SKTextAlign.Left, font, text);
            canvas.DrawLine(at, bar.Bottom, at, bar.Bottom + 0.25f * textSize, text);
        }
    }
}
