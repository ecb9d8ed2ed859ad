using SkiaSharp;

namespace Seg.Train.Charts;

/// <summary>A chart of lines: loss, learning rate or IoU over the epochs.</summary>
public static class Curves
{
    private const int Width = 960, Height = 540;
    private const float Left = 84, Right = 80, Top = 84, Bottom = 62;

    /// <summary>Writes the chart as a PNG of 960x540 pixels.</summary>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <param name="title">Above the chart.</param>
    /// <param name="xLabel">Below the x axis.</param>
    /// <param name="yLabel">Beside the y axis.</param>
    /// <param name="series">The lines, in the legend's order; a chart without points has axes from 0 to 1.</param>
    /// <exception cref="IOException">The file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, string title, string xLabel, string yLabel, IReadOnlyList<Series> series) =>
        Write(path, [new LineChart(title, xLabel, yLabel, series)]);

    /// <summary>Writes several charts into one PNG, one below the other, each of 960x540 pixels.</summary>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <param name="charts">At least one.</param>
    /// <exception cref="IOException">The file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, IReadOnlyList<LineChart> charts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(charts.Count, nameof(charts));
        ChartStyle.Write(path, Width, Height * charts.Count, canvas =>
        {
            foreach (var chart in charts)
            {
                Draw(canvas, chart);
                canvas.Translate(0, Height);
            }
        });
    }

    private static void Draw(SKCanvas canvas, LineChart chart)
    {
        var series = chart.Series;
        var points = series.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        var horizontal = Axis.Of(points.Select(point => point.X), 10, toMarks: false);
        var vertical = Axis.Of(points.Select(point => point.Y), 7, toMarks: true);

        ChartStyle.Text(canvas, ChartStyle.Fit(chart.Title, 22, Width - 60), Left, 36, 22, ChartStyle.Ink, bold: true);
        DrawAxes(canvas, horizontal, vertical, chart.XLabel, chart.YLabel);
        DrawLegend(canvas, series);
        canvas.Save();
        canvas.ClipRect(new SKRect(Left - 5, Top - 5, Width - Right + 5, Height - Bottom + 5));
        for (var i = 0; i < series.Count; i++)
            DrawLine(canvas, series[i], ColorOf(i), horizontal, vertical);
        canvas.Restore();
        DrawLastValues(canvas, series, vertical);
    }

    private static SKColor ColorOf(int series) => ChartStyle.Lines[series % ChartStyle.Lines.Length];

    private static float X(Axis axis, double value) => (float)(Left + axis.Place(value) * (Width - Left - Right));

    private static float Y(Axis axis, double value) => (float)(Height - Bottom - axis.Place(value) * (Height - Top - Bottom));

    private static void DrawAxes(SKCanvas canvas, Axis horizontal, Axis vertical, string xLabel, string yLabel)
    {
        using SKPaint grid = new() { Color = ChartStyle.Grid, StrokeWidth = 1, IsAntialias = true };
        using SKPaint axis = new() { Color = ChartStyle.Faint, StrokeWidth = 1.2f, IsAntialias = true };
        foreach (var mark in vertical.Marks)
        {
            var y = MathF.Round(Y(vertical, mark)) + 0.5f;          // on a row of pixels, so that thin lines stay sharp
            canvas.DrawLine(Left, y, Width - Right, y, grid);
            ChartStyle.Text(canvas, vertical.Text(mark), Left - 10, y + 5, 14, ChartStyle.Faint, SKTextAlign.Right);
        }
        foreach (var mark in horizontal.Marks)
        {
            var x = MathF.Round(X(horizontal, mark)) + 0.5f;
            canvas.DrawLine(x, Top, x, Height - Bottom, grid);
            ChartStyle.Text(canvas, horizontal.Text(mark), x, Height - Bottom + 22, 14, ChartStyle.Faint, SKTextAlign.Center);
        }
        canvas.DrawLine(Left, Height - Bottom + 0.5f, Width - Right, Height - Bottom + 0.5f, axis);
        canvas.DrawLine(Left - 0.5f, Top, Left - 0.5f, Height - Bottom, axis);
        ChartStyle.Text(canvas, xLabel, (Left + Width - Right) / 2, Height - 16, 15, ChartStyle.Ink, SKTextAlign.Center);
        canvas.Save();
        canvas.Translate(24, (Top + Height - Bottom) / 2);
        canvas.RotateDegrees(-90);
        ChartStyle.Text(canvas, yLabel, 0, 0, 15, ChartStyle.Ink, SKTextAlign.Center);
        canvas.Restore();
    }

    private static void DrawLegend(SKCanvas canvas, IReadOnlyList<Series> series)
    {
        var x = Left;
        for (var i = 0; i < series.Count; i++)
        {
            var name = ChartStyle.Fit(series[i].Name, 15, 220);
            var width = ChartStyle.Measure(name, 15) + 52;
            if (x + width > Width - 10)
            {
                ChartStyle.Text(canvas, "…", x, 64, 15, ChartStyle.Faint);
                return;
            }
            using SKPaint paint = new() { Color = ColorOf(i), StrokeWidth = 3.5f, StrokeCap = SKStrokeCap.Round, IsAntialias = true };
            canvas.DrawLine(x + 2, 59, x + 22, 59, paint);
            ChartStyle.Text(canvas, name, x + 30, 64, 15, ChartStyle.Ink);
            x += width;
        }
    }

    private static void DrawLine(SKCanvas canvas, Series line, SKColor color, Axis horizontal, Axis vertical)
    {
        using SKPath path = new();
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        var (isDrawing, lastStart) = (false, -1);
        for (var i = 0; i < line.Points.Count; i++)
        {
            var (x, y) = line.Points[i];
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                isDrawing = false;
                continue;
            }
            if (isDrawing)
                path.LineTo(X(horizontal, x), Y(vertical, y));
            else
                path.MoveTo(X(horizontal, x), Y(vertical, y));
            lastStart = isDrawing ? lastStart : i;
            isDrawing = true;
            // A few points show as dots, and so does one that stands alone.
            var alone = lastStart == i && (i + 1 == line.Points.Count || !double.IsFinite(line.Points[i + 1].Y));
            if (line.Points.Count <= 40 || alone)
                canvas.DrawCircle(X(horizontal, x), Y(vertical, y), 3.2f, paint);
        }
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = 2.2f;
        paint.StrokeJoin = SKStrokeJoin.Round;
        canvas.DrawPath(path, paint);
    }

    /// <summary>Writes beside the chart what each line ended with, apart enough to be read.</summary>
    private static void DrawLastValues(SKCanvas canvas, IReadOnlyList<Series> series, Axis vertical)
    {
        const float apart = 17;
        var labels = series.Select((line, i) =>
            (Color: ColorOf(i), Values: line.Points.Where(point => double.IsFinite(point.Y)).ToArray()))
            .Where(label => label.Values.Length > 0)
            .Select(label => (label.Color, Value: label.Values[^1].Y, Y: Y(vertical, label.Values[^1].Y)))
            .OrderBy(label => label.Y).ToArray();
        var lowest = float.NegativeInfinity;
        for (var i = 0; i < labels.Length; i++)
        {
            var room = Height - Bottom - (labels.Length - 1 - i) * apart;
            var y = Math.Max(lowest + apart, Math.Min(labels[i].Y, room));
            ChartStyle.Text(canvas, vertical.Text(labels[i].Value, moreDigits: 2), Width - Right + 8, y + 5, 14, labels[i].Color,
                bold: true);
            lowest = y;
        }
    }
}
