namespace SkiaSharp.Tests;

public class ShapeTests
{
    private static SKPaint Paint(SKColor color, bool antialias = false) => new() { Color = color, IsAntialias = antialias };

    [Theory]
    [InlineData(SKColorType.Bgra8888)]
    [InlineData(SKColorType.Rgba8888)]
    public void A_rectangle_covers_its_pixels_and_no_others(SKColorType type)
    {
        using Picture picture = new(6, 5, type);
        using var paint = Paint(new SKColor(10, 20, 30));
        picture.Canvas.DrawRect(1, 2, 3, 2, paint);
        for (var y = 0; y < 5; y++)
        {
            for (var x = 0; x < 6; x++)
                Assert.Equal(x is >= 1 and < 4 && y is >= 2 and < 4 ? new SKColor(10, 20, 30) : SKColors.Empty, picture[x, y]);
        }
    }

    [Fact]
    public void The_bytes_lie_in_the_order_that_the_type_names()
    {
        using Picture bgra = new(1, 1), rgba = new(1, 1, SKColorType.Rgba8888);
        bgra.Canvas.Clear(new SKColor(1, 2, 3));
        rgba.Canvas.Clear(new SKColor(1, 2, 3));
        Assert.Equal(new byte[] { 3, 2, 1, 255 }, bgra.Bitmap.Bytes);
        Assert.Equal(new byte[] { 1, 2, 3, 255 }, rgba.Bitmap.Bytes);
    }

    [Fact]
    public void Half_transparent_red_over_white_is_pink()
    {
        using Picture picture = new(1, 1, alpha: SKAlphaType.Opaque);
        picture.Canvas.Clear(SKColors.White);
        using var paint = Paint(SKColors.Red.WithAlpha(128));
        picture.Canvas.DrawPaint(paint);
        Assert.Equal(new SKColor(255, 127, 127), picture[0, 0]);
    }

    [Fact]
    public void Antialiasing_is_off_at_first_and_covers_half_a_pixel_by_half_when_on()
    {
        using Picture hard = new(3, 1), soft = new(3, 1);
        using SKPaint plain = new();
        using var antialias = Paint(SKColors.Black, antialias: true);
        hard.Canvas.DrawRect(0.4f, 0, 1, 1, plain);       // centres of pixels count: 0.5 is inside, 1.5 is not
        soft.Canvas.DrawRect(0.5f, 0, 1, 1, antialias);
        Assert.Equal([255, 0, 0], Enumerable.Range(0, 3).Select(x => (int)hard[x, 0].Alpha));
        Assert.InRange(soft[0, 0].Alpha, 126, 129);
        Assert.InRange(soft[1, 0].Alpha, 126, 129);
        Assert.Equal(0, soft[2, 0].Alpha);
    }

    [Fact]
    public void Shapes_drawn_one_over_another_without_antialiasing_hold_only_their_own_colors()
    {
        using Picture picture = new(64, 64, alpha: SKAlphaType.Opaque);
        SKColor[] colors = [SKColors.Black, new(7, 7, 7), new(8, 8, 8), new(26, 26, 26)];
        using SKPath star = new();
        star.AddPoly([new(32, 2), new(45, 60), new(3, 20), new(61, 25), new(12, 58)]);
        using SKPaint a = Paint(colors[1]), b = Paint(colors[2]), c = Paint(colors[3]);
        c.Style = SKPaintStyle.Stroke;
        c.StrokeWidth = 3.3f;
        picture.Canvas.DrawCircle(30.3f, 31.7f, 25.5f, a);
        picture.Canvas.DrawPath(star, b);
        picture.Canvas.DrawLine(1.1f, 60, 62, 3.3f, c);
        var seen = Enumerable.Range(0, 64 * 64).Select(i =>
            picture[i % 64, i / 64]).Distinct().Order(Comparer<SKColor>.Create((x, y) => x.Red - y.Red));
        Assert.Equal(colors, seen);
    }

    [Fact]
    public void A_circle_has_its_area_and_stays_in_its_box()
    {
        using Picture picture = new(100, 100);
        using var paint = Paint(SKColors.Black);
        picture.Canvas.DrawCircle(50, 50, 40, paint);
        Assert.InRange(picture.Inked, Math.PI * 1600 * 0.995, Math.PI * 1600 * 1.005);
        Assert.Equal(0, picture[50, 9].Alpha);
        Assert.Equal(255, picture[50, 10].Alpha);
    }

    [Fact]
    public void Overlaps_are_holes_with_even_odd_and_not_with_winding()
    {
        using Picture evenOdd = new(10, 10), winding = new(10, 10);
        using SKPath path = new();
        path.AddRect(new SKRect(0, 0, 10, 10));
        path.AddRect(new SKRect(3, 3, 7, 7));
        using SKPaint paint = new();
        winding.Canvas.DrawPath(path, paint);
        path.FillType = SKPathFillType.EvenOdd;
        evenOdd.Canvas.DrawPath(path, paint);
        Assert.Equal(255, winding[5, 5].Alpha);
        Assert.Equal(0, evenOdd[5, 5].Alpha);
        Assert.Equal(255, evenOdd[1, 1].Alpha);
    }

    [Fact]
    public void A_stroke_is_as_wide_as_it_says_and_a_hairline_one_pixel_at_any_scale()
    {
        using Picture wide = new(20, 20), hairline = new(20, 20);
        using SKPaint paint = new() { Style = SKPaintStyle.Stroke, StrokeWidth = 4 };
        wide.Canvas.DrawLine(0, 10, 20, 10, paint);
        Assert.Equal(80, wide.Inked);
        paint.StrokeWidth = 0;
        hairline.Canvas.Scale(5);
        hairline.Canvas.DrawLine(0, 2.1f, 4, 2.1f, paint);
        Assert.Equal(20, hairline.Inked);
    }

    [Fact]
    public void Dashes_leave_gaps()
    {
        using Picture picture = new(20, 1);
        using var effect = SKPathEffect.CreateDash([3, 2], 0);
        using SKPaint paint = new() { StrokeWidth = 1, PathEffect = effect };
        picture.Canvas.DrawLine(0, 0.5f, 20, 0.5f, paint);
        Assert.Equal("###..###..###..###..", string.Concat(Enumerable.Range(0, 20).Select(x => picture[x, 0].Alpha > 0 ? '#' : '.')));
    }

    [Fact]
    public void Points_are_squares_or_discs_of_the_strokes_width()
    {
        using Picture squares = new(20, 20), discs = new(20, 20);
        using SKPaint paint = new() { StrokeWidth = 10 };
        squares.Canvas.DrawPoint(10, 10, paint);
        paint.StrokeCap = SKStrokeCap.Round;
        discs.Canvas.DrawPoints(SKPointMode.Points, [new(10, 10)], paint);
        Assert.Equal(100, squares.Inked);
        Assert.InRange(discs.Inked, 74, 84);
    }

    [Fact]
    public void A_rounded_rectangle_lacks_its_corners_only()
    {
        using Picture picture = new(20, 20);
        using SKPaint paint = new();
        picture.Canvas.DrawRoundRect(0, 0, 20, 20, 6, 6, paint);
        Assert.Equal(0, picture[0, 0].Alpha);
        Assert.Equal(255, picture[10, 0].Alpha);
        Assert.Equal(255, picture[3, 3].Alpha);
        Assert.InRange(picture.Inked, 400 - 31 - 10, 400 - 31 + 10);      // (4 − π)·6² = 30.9
    }

    [Fact]
    public void A_linear_gradient_runs_from_color_to_color()
    {
        using Picture picture = new(11, 1);
        using var shader = SKShader.CreateLinearGradient(new(0.5f, 0), new(10.5f, 0), [SKColors.Black, SKColors.White],
            SKShaderTileMode.Clamp);
        using SKPaint paint = new() { Shader = shader };
        picture.Canvas.DrawPaint(paint);
        for (var x = 0; x <= 10; x++)
            Assert.InRange(picture[x, 0].Red, x * 25.5 - 2, x * 25.5 + 2);
    }

    [Fact]
    public void A_radial_gradient_is_alike_all_round_and_red_stays_red_in_rgba()
    {
        using Picture picture = new(21, 21, SKColorType.Rgba8888);
        using var shader = SKShader.CreateRadialGradient(new(10.5f, 10.5f), 10, [SKColors.Red, SKColors.Blue], SKShaderTileMode.Clamp);
        using SKPaint paint = new() { Shader = shader };
        picture.Canvas.DrawPaint(paint);
        Assert.InRange(picture[10, 10].Red, 250, 255);
        Assert.Equal(SKColors.Blue, picture[0, 0]);
        Assert.Equal(picture[5, 10], picture[10, 5]);
    }

    [Fact]
    public void The_paints_alpha_acts_on_gradients_and_images()
    {
        using SKBitmap source = new(1, 1);
        source.Erase(SKColors.Lime);
        foreach (var shader in new[] { SKShader.CreateColor(SKColors.Lime),
            SKShader.CreateBitmap(source, SKShaderTileMode.Repeat, SKShaderTileMode.Repeat) })
        {
            using Picture picture = new(4, 4);
            using SKPaint paint = new() { Shader = shader, Color = SKColors.Black.WithAlpha(100) };
            picture.Canvas.DrawRect(1, 1, 2, 2, paint);
            Assert.Equal(SKColors.Lime.WithAlpha(100), picture[2, 2]);
            Assert.Equal(4, picture.Inked);
            shader.Dispose();
        }
    }

    [Theory]
    [InlineData(SKBlendMode.Src, 100, 0, 0, 128)]
    [InlineData(SKBlendMode.Clear, 0, 0, 0, 0)]
    [InlineData(SKBlendMode.Dst, 0, 200, 100, 255)]
    public void Blend_modes_do_as_they_are_named(SKBlendMode mode, byte red, byte green, byte blue, byte alpha)
    {
        using Picture picture = new(1, 1);
        picture.Canvas.Clear(new SKColor(0, 200, 100));
        picture.Canvas.DrawColor(new SKColor(100, 0, 0, 128), mode);
        var color = picture[0, 0];
        Assert.Equal(alpha, color.Alpha);
        Assert.InRange(color.Red, red - 1, red + 1);
        Assert.Equal((green, blue), (color.Green, color.Blue));
    }

    [Fact]
    public void Multiply_darkens_by_the_product()
    {
        using Picture picture = new(1, 1, alpha: SKAlphaType.Opaque);
        picture.Canvas.Clear(new SKColor(200, 100, 50));
        picture.Canvas.DrawColor(new SKColor(128, 128, 128), SKBlendMode.Multiply);
        Assert.Equal(new SKColor(100, 50, 25), picture[0, 0]);
    }
}
