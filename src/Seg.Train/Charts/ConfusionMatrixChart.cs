using System.Globalization;
using SkiaSharp;

namespace Seg.Train.Charts;

/// <summary>Which class was taken for which: a table of shares, one row for each true class.</summary>
public static class ConfusionMatrixChart
{
    private const float Cell = 46, Labels = 150, Header = 150, Margin = 24;

    /// <summary>
    /// Writes the table as PNG. Each row is normalised: its cells are the shares of the true class's pixels, in per cent.
    /// </summary>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <param name="title">Above the table.</param>
    /// <param name="names">One name a class.</param>
    /// <param name="counts">Pixels, [true class, predicted class], of the classes' number both ways.</param>
    /// <exception cref="ArgumentException">The counts are not a square of the names' number.</exception>
    /// <exception cref="IOException">The file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, string title, IReadOnlyList<string> names, long[,] counts)
    {
        if (counts.GetLength(0) != names.Count || counts.GetLength(1) != names.Count)
            throw new ArgumentException($"There are {names.Count} names but {counts.GetLength(0)} by {counts.GetLength(1)} counts.",
                nameof(counts));
        var size = names.Count * Cell;
        var (width, height) = ((int)(Labels + size + 2 * Margin), (int)(Header + size + 2 * Margin));
        ChartStyle.Write(path, width, height, canvas => Draw(canvas, title, names, counts));
    }

    private static void Draw(SKCanvas canvas, string title, IReadOnlyList<string> names, long[,] counts)
    {
        float left = Margin + Labels, top = Margin + Header;
        ChartStyle.Text(canvas, ChartStyle.Fit(title, 20, left + names.Count * Cell - Margin), Margin, 36, 20, ChartStyle.Ink, bold: true);
        ChartStyle.Text(canvas, "true ↓  predicted →", Margin, 58, 13, ChartStyle.Faint);
        for (var row = 0; row < names.Count; row++)
        {
            var y = top + row * Cell;
            ChartStyle.Text(canvas, ChartStyle.Fit(names[row], 14, Labels - 12), left - 10, y + Cell / 2 + 5, 14, ChartStyle.Ink,
                SKTextAlign.Right);
            canvas.Save();
            canvas.Translate(left + row * Cell + Cell / 2 + 5, top - 8);
            canvas.RotateDegrees(-60);
            ChartStyle.Text(canvas, ChartStyle.Fit(names[row], 14, 120), 0, 0, 14, ChartStyle.Ink);
            canvas.Restore();

            var total = Enumerable.Range(0, names.Count).Sum(column => counts[row, column]);
            for (var column = 0; column < names.Count; column++)
                DrawCell(canvas, left + column * Cell, y, total == 0 ? double.NaN : (double)counts[row, column] / total,
                    isRight: row == column);
        }
    }

    /// <summary>A cell of white to blue where the class is right, to red where it is wrong; gray for a class with no pixels.</summary>
    private static void DrawCell(SKCanvas canvas, float x, float y, double share, bool isRight)
    {
        var full = isRight ? new SKColor(16, 92, 160) : new SKColor(176, 34, 34);
        // Small errors are what one looks for: the root makes them visible.
        var strength = double.IsNaN(share) ? 0 : isRight ? share : Math.Sqrt(share);
        SKColor color = double.IsNaN(share) ? new(240, 240, 240)
            : new(Blend(full.Red, strength), Blend(full.Green, strength), Blend(full.Blue, strength));
        using SKPaint paint = new() { Color = color };
        canvas.DrawRect(x, y, Cell - 1, Cell - 1, paint);
        if (share < 0.0005)
            return;
        var text = double.IsNaN(share) ? "–" : (share * 100).ToString(share is > 0.0995 ? "0" : "0.0", CultureInfo.InvariantCulture);
        ChartStyle.Text(canvas, text, x + Cell / 2, y + Cell / 2 + 5, 14, strength > 0.55 ? SKColors.White : ChartStyle.Ink,
            SKTextAlign.Center);
    }

    private static byte Blend(byte part, double strength) => (byte)Math.Round(255 + (part - 255) * strength);
}
