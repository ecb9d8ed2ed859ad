using SkiaSharp.Interop;

namespace SkiaSharp;

public sealed unsafe partial class SKCanvas
{
    public void Clear() => Clear(SKColors.Empty);

    /// <summary>Sets every pixel inside the clip.</summary>
    public void Clear(SKColor color) => DrawColor(color, SKBlendMode.Src);

    public void DrawColor(SKColor color, SKBlendMode mode = SKBlendMode.Src)
    {
        using SKPaint paint = new() { Color = color, BlendMode = mode };
        DrawPaint(paint);
    }

    /// <summary>Fills everything inside the clip.</summary>
    public void DrawPaint(SKPaint paint)
    {
        var cairo = BeginDraw(paint);
        Cairo.cairo_save(cairo);
        // Shaders go with the present transformation: the clip's box in its units covers all, whatever it is.
        Cairo.cairo_clip_extents(cairo, out var left, out var top, out var right, out var bottom);
        Cairo.cairo_rectangle(cairo, left - 1, top - 1, right - left + 2, bottom - top + 2);
        Paint(cairo, paint, &Cairo.cairo_fill);
        Cairo.cairo_restore(cairo);
        End(cairo);
    }

    public void DrawRect(float x, float y, float w, float h, SKPaint paint) => DrawRect(SKRect.Create(x, y, w, h), paint);

    public void DrawRect(SKRect rect, SKPaint paint)
    {
        using SKPath path = new();
        path.AddRect(rect);
        DrawPath(path, paint);
    }

    public void DrawRoundRect(float x, float y, float w, float h, float rx, float ry, SKPaint paint) =>
        DrawRoundRect(SKRect.Create(x, y, w, h), rx, ry, paint);

    public void DrawRoundRect(SKRect rect, SKSize r, SKPaint paint) => DrawRoundRect(rect, r.Width, r.Height, paint);

    public void DrawRoundRect(SKRect rect, float rx, float ry, SKPaint paint)
    {
        using SKPath path = new();
        path.AddRoundRect(rect, rx, ry);
        DrawPath(path, paint);
    }

    public void DrawCircle(SKPoint c, float radius, SKPaint paint) => DrawCircle(c.X, c.Y, radius, paint);

    public void DrawCircle(float cx, float cy, float radius, SKPaint paint) => DrawOval(cx, cy, radius, radius, paint);

    public void DrawOval(SKPoint c, SKSize r, SKPaint paint) => DrawOval(c.X, c.Y, r.Width, r.Height, paint);

    public void DrawOval(float cx, float cy, float rx, float ry, SKPaint paint) =>
        DrawOval(new SKRect(cx - rx, cy - ry, cx + rx, cy + ry), paint);

    public void DrawOval(SKRect rect, SKPaint paint)
    {
        using SKPath path = new();
        path.AddOval(rect);
        DrawPath(path, paint);
    }

    /// <param name="oval">The ellipse that the arc is a piece of.</param>
    /// <param name="startAngle">Degrees, clockwise from the right.</param>
    /// <param name="sweepAngle">Degrees, clockwise.</param>
    /// <param name="useCenter">Whether the arc is a slice, closed by way of the centre.</param>
    /// <param name="paint">How it is drawn.</param>
    public void DrawArc(SKRect oval, float startAngle, float sweepAngle, bool useCenter, SKPaint paint)
    {
        using SKPath path = new();
        if (useCenter)
            path.MoveTo(oval.MidX, oval.MidY);
        path.ArcTo(oval, startAngle, Math.Clamp(sweepAngle, -360, 360), !useCenter);
        if (useCenter)
            path.Close();
        DrawPath(path, paint);
    }

    public void DrawLine(SKPoint p0, SKPoint p1, SKPaint paint) => DrawPoints(SKPointMode.Lines, [p0, p1], paint);

    public void DrawLine(float x0, float y0, float x1, float y1, SKPaint paint) =>
        DrawLine(new SKPoint(x0, y0), new SKPoint(x1, y1), paint);

    public void DrawPoint(SKPoint p, SKPaint paint) => DrawPoints(SKPointMode.Points, [p], paint);

    public void DrawPoint(float x, float y, SKPaint paint) => DrawPoint(new SKPoint(x, y), paint);

    public void DrawPoint(SKPoint p, SKColor color)
    {
        using SKPaint paint = new() { Color = color, BlendMode = SKBlendMode.Src };
        DrawPoint(p, paint);
    }

    public void DrawPoint(float x, float y, SKColor color) => DrawPoint(new SKPoint(x, y), color);

    /// <summary>
    /// Dots of the stroke's width (round with a round cap, else square), lines between pairs, or one line through all; always stroked.
    /// </summary>
    public void DrawPoints(SKPointMode mode, SKPoint[] points, SKPaint paint)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(paint);
        using SKPath path = new();
        using var stroke = paint.Clone();
        stroke.Style = SKPaintStyle.Stroke;
        if (mode == SKPointMode.Points && stroke.StrokeCap != SKStrokeCap.Round)
        {
            // Cairo draws a line of no length as a dot when its cap is round, but not when it is square.
            stroke.Style = SKPaintStyle.Fill;
            var radius = (paint.StrokeWidth > 0 ? paint.StrokeWidth : (float)HairlineWidth(Begin())) / 2;
            foreach (var point in points)
                path.AddRect(new SKRect(point.X - radius, point.Y - radius, point.X + radius, point.Y + radius));
        }
        else if (mode == SKPointMode.Points)
        {
            foreach (var point in points)
            {
                path.MoveTo(point);
                path.LineTo(point);
            }
        }
        else
        {
            for (var i = 0; i < points.Length; i++)
            {
                if (i == 0 || (mode == SKPointMode.Lines && i % 2 == 0))
                    path.MoveTo(points[i]);
                else
                    path.LineTo(points[i]);
            }
        }
        DrawPath(path, stroke);
    }

    public void DrawPath(SKPath path, SKPaint paint)
    {
        ArgumentNullException.ThrowIfNull(path);
        var cairo = BeginDraw(paint);
        Cairo.cairo_set_fill_rule(cairo, (int)path.FillType);
        path.Emit(cairo);
        FillAndStroke(cairo, paint);
        End(cairo);
    }

    public void DrawBitmap(SKBitmap bitmap, SKPoint p, SKPaint? paint = null) => DrawBitmap(bitmap, p.X, p.Y, paint);

    public void DrawBitmap(SKBitmap bitmap, float x, float y, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        DrawBitmap(bitmap, SKRect.Create(x, y, bitmap.Width, bitmap.Height), paint);
    }

    public void DrawBitmap(SKBitmap bitmap, SKRect dest, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        DrawBitmap(bitmap, bitmap.Info.Rect, dest, paint);
    }

    public void DrawBitmap(SKBitmap bitmap, SKRect source, SKRect dest, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        DrawPixels(bitmap.Pixels, source, dest, SKSamplingOptions.Default, paint);
    }

    public void DrawImage(SKImage image, SKPoint p, SKPaint? paint = null) => DrawImage(image, p.X, p.Y, paint);

    public void DrawImage(SKImage image, float x, float y, SKPaint? paint = null) =>
        DrawImage(image, x, y, SKSamplingOptions.Default, paint);

    public void DrawImage(SKImage image, float x, float y, SKSamplingOptions sampling, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        DrawImage(image, SKRect.Create(x, y, image.Width, image.Height), sampling, paint);
    }

    public void DrawImage(SKImage image, SKRect dest, SKPaint? paint = null) => DrawImage(image, dest, SKSamplingOptions.Default, paint);

    public void DrawImage(SKImage image, SKRect dest, SKSamplingOptions sampling, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        DrawImage(image, image.Info.Rect, dest, sampling, paint);
    }

    public void DrawImage(SKImage image, SKRect source, SKRect dest, SKPaint? paint = null) =>
        DrawImage(image, source, dest, SKSamplingOptions.Default, paint);

    /// <summary>
    /// Draws the part <paramref name="source"/> of the image into the rectangle <paramref name="dest"/>; the paint's alpha and blend mode
    /// act on it.
    /// </summary>
    public void DrawImage(SKImage image, SKRect source, SKRect dest, SKSamplingOptions sampling, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        DrawPixels(image.Pixels, source, dest, sampling, paint);
    }

    public void DrawText(string text, SKPoint p, SKFont font, SKPaint paint) => DrawText(text, p.X, p.Y, SKTextAlign.Left, font, paint);

    public void DrawText(string text, SKPoint p, SKTextAlign textAlign, SKFont font, SKPaint paint) =>
        DrawText(text, p.X, p.Y, textAlign, font, paint);

    public void DrawText(string text, float x, float y, SKFont font, SKPaint paint) => DrawText(text, x, y, SKTextAlign.Left, font, paint);

    /// <summary>Draws one line of text with its base line at <paramref name="y"/>.</summary>
    public void DrawText(string text, float x, float y, SKTextAlign textAlign, SKFont font, SKPaint paint)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(font);
        var cairo = BeginDraw(paint);
        if (textAlign != SKTextAlign.Left)
            x -= font.MeasureText(text) / (textAlign == SKTextAlign.Center ? 2 : 1);
        if (IsFinite(x, y))
        {
            lock (SKFont.Gate)
            {
                font.Select(cairo);
                Cairo.cairo_move_to(cairo, x, y);
                if (paint.Style == SKPaintStyle.Fill)
                {
                    ShowText(cairo, text, paint);
                }
                else
                {
                    Cairo.cairo_text_path(cairo, text);
                    FillAndStroke(cairo, paint);
                }
            }
        }
        End(cairo);
    }

    private nint BeginDraw(SKPaint paint)
    {
        ArgumentNullException.ThrowIfNull(paint);
        return Begin();
    }

    private void FillAndStroke(nint cairo, SKPaint paint)
    {
        if (paint.Style == SKPaintStyle.Fill)
        {
            Paint(cairo, paint, &Cairo.cairo_fill);
            return;
        }
        Cairo.cairo_set_line_width(cairo, paint.StrokeWidth > 0 ? paint.StrokeWidth : HairlineWidth(cairo));
        Cairo.cairo_set_line_cap(cairo, (int)paint.StrokeCap);
        Cairo.cairo_set_line_join(cairo, (int)paint.StrokeJoin);
        Cairo.cairo_set_miter_limit(cairo, Math.Max(1, paint.StrokeMiter));
        var (intervals, phase) = paint.PathEffect?.Dash ?? ([], 0);
        fixed (double* lengths = intervals)
            Cairo.cairo_set_dash(cairo, lengths, intervals.Length, phase);
        if (paint.Style == SKPaintStyle.StrokeAndFill)
            Paint(cairo, paint, &Cairo.cairo_fill_preserve);
        Paint(cairo, paint, &Cairo.cairo_stroke);
    }

    /// <summary>Sets the source and the way of blending that the paint asks for, draws, and lets go of the source.</summary>
    private void Paint(nint cairo, SKPaint paint, delegate*<nint, void> draw)
    {
        var (color, shader) = (paint.Color, paint.Shader);
        Cairo.cairo_set_operator(cairo, Operator(paint.BlendMode));
        Cairo.cairo_set_antialias(cairo, Antialias(paint.IsAntialias));
        if (shader is null)
        {
            SetColor(cairo, color);
            draw(cairo);
            return;
        }
        using var pattern = shader.CreatePattern(order, color.Alpha);
        var throughGroup = color.Alpha < 255 && !shader.TakesAlpha;
        if (throughGroup)
        {
            Cairo.cairo_push_group(cairo);
            Cairo.cairo_set_operator(cairo, Operator(SKBlendMode.SrcOver));
        }
        Cairo.cairo_set_source(cairo, pattern.DangerousGetHandle());
        draw(cairo);
        if (throughGroup)
        {
            Cairo.cairo_pop_group_to_source(cairo);
            Cairo.cairo_paint_with_alpha(cairo, color.Alpha / 255.0);
        }
        ReleaseSource(cairo);
    }

    private void ShowText(nint cairo, string text, SKPaint paint)
    {
        if (paint.Shader is null)
        {
            Cairo.cairo_set_operator(cairo, Operator(paint.BlendMode));
            SetColor(cairo, paint.Color);
            Cairo.cairo_show_text(cairo, text);
            return;
        }
        Cairo.cairo_text_path(cairo, text);
        Paint(cairo, paint, &Cairo.cairo_fill);
    }

    private void SetColor(nint cairo, SKColor color)
    {
        // Cairo draws BGRA; for RGBA pixels red and blue change places in every source, which blending does not notice.
        var (red, blue) = order == SKColorType.Rgba8888 ? (color.Blue, color.Red) : (color.Red, color.Blue);
        Cairo.cairo_set_source_rgba(cairo, red / 255.0, color.Green / 255.0, blue / 255.0, color.Alpha / 255.0);
    }

    private void DrawPixels(PixelBuffer pixels, SKRect source, SKRect dest, SKSamplingOptions sampling, SKPaint? paint)
    {
        var cairo = Begin();
        if (!(source.Width > 0 && source.Height > 0 && dest.Width > 0 && dest.Height > 0)
            || !IsFinite(source.Left, source.Top, source.Right, source.Bottom) || !IsFinite(dest.Left, dest.Top, dest.Right, dest.Bottom))
            return;

        using var pattern = ImageShader.Create(pixels, order);
        double scaleX = source.Width / dest.Width, scaleY = source.Height / dest.Height;
        var (left, top) = (source.Left - dest.Left * scaleX, source.Top - dest.Top * scaleY);
        pattern.SetMatrix(new CairoMatrix { XX = scaleX, YY = scaleY, X0 = left, Y0 = top });
        pattern.SetSampling(sampling);
        pattern.SetExtend(SKShaderTileMode.Clamp);        // no transparent seam where the image is enlarged
        Cairo.cairo_save(cairo);
        Cairo.cairo_set_antialias(cairo, Antialias(paint?.IsAntialias ?? false));
        Cairo.cairo_rectangle(cairo, dest.Left, dest.Top, dest.Width, dest.Height);
        Cairo.cairo_clip(cairo);
        Cairo.cairo_set_operator(cairo, Operator(paint?.BlendMode ?? SKBlendMode.SrcOver));
        Cairo.cairo_set_source(cairo, pattern.DangerousGetHandle());
        Cairo.cairo_paint_with_alpha(cairo, (paint?.Color.Alpha ?? 255) / 255.0);
        Cairo.cairo_restore(cairo);
        End(cairo);
    }

    private static double HairlineWidth(nint cairo)
    {
        CairoMatrix matrix;
        Cairo.cairo_get_matrix(cairo, &matrix);
        return 1 / Math.Sqrt(Math.Abs(matrix.Determinant));
    }
}
