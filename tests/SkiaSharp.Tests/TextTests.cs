namespace SkiaSharp.Tests;

public class TextTests
{
    [Fact]
    public void Text_leaves_ink_above_its_base_line_and_within_its_width()
    {
        using Picture picture = new(200, 60);
        using SKFont font = new(SKTypeface.Default, 24);
        using SKPaint paint = new() { IsAntialias = true };
        picture.Canvas.DrawText("HEM", 10, 40, font, paint);
        var width = font.MeasureText("HEM", out var bounds);
        var inked = Enumerable.Range(0, 200 * 60).Where(i => picture[i % 200, i / 200].Alpha > 0).Select(i =>
            (X: i % 200, Y: i / 200)).ToArray();
        Assert.InRange(inked.Length, 100, 24 * 3 * 24);
        Assert.InRange(inked.Min(p => p.X), 10 + (int)bounds.Left - 1, 10 + (int)bounds.Left + 2);
        Assert.InRange(inked.Max(p => p.X), 10, 10 + (int)width + 1);
        Assert.InRange(inked.Max(p => p.Y), 37, 40);
        Assert.InRange(inked.Min(p => p.Y), 40 + (int)font.Metrics.Ascent - 1, 30);
    }

    [Fact]
    public void Centered_and_right_text_ends_where_it_should()
    {
        using SKFont font = new(SKTypeface.Default, 20) { Subpixel = true };
        using SKPaint paint = new();
        var width = font.MeasureText("HHHH");
        foreach (var (align, left) in new[] { (SKTextAlign.Left, 100f), (SKTextAlign.Center, 100 - width / 2),
            (SKTextAlign.Right, 100 - width) })
        {
            using Picture picture = new(200, 30);
            picture.Canvas.DrawText("HHHH", 100, 25, align, font, paint);
            var first = Enumerable.Range(0, 200).First(x => Enumerable.Range(0, 30).Any(y => picture[x, y].Alpha > 0));
            Assert.InRange(first, left - 1, left + 5);
        }
    }

    [Fact]
    public void Twice_the_size_is_twice_as_wide_and_bold_is_no_narrower()
    {
        using SKFont small = new(SKTypeface.Default, 20) { Subpixel = true, Hinting = SKFontHinting.None };
        using SKFont large = new(SKTypeface.Default, 40) { Subpixel = true, Hinting = SKFontHinting.None };
        using var face = SKTypeface.FromFamilyName("DejaVu Sans", SKFontStyle.Bold);
        using SKFont bold = new(face, 20) { Subpixel = true, Hinting = SKFontHinting.None };
        Assert.Equal(2, large.MeasureText("pavement") / small.MeasureText("pavement"), 2);
        Assert.True(bold.MeasureText("pavement") >= small.MeasureText("pavement"));
        Assert.Equal(0, small.MeasureText(""));
        Assert.True(small.Spacing >= small.Metrics.Descent - small.Metrics.Ascent);
        Assert.True(small.Metrics.XHeight < small.Metrics.CapHeight);
    }

    [Fact]
    public void Text_can_be_outlined_and_takes_the_paints_color_in_either_order()
    {
        foreach (var type in new[] { SKColorType.Bgra8888, SKColorType.Rgba8888 })
        {
            using Picture filled = new(60, 60, type), outlined = new(60, 60, type);
            using SKFont font = new(SKTypeface.Default, 48) { Edging = SKFontEdging.Alias };
            using SKPaint paint = new() { Color = SKColors.Red };
            filled.Canvas.DrawText("I", 20, 50, font, paint);
            paint.Style = SKPaintStyle.Stroke;
            outlined.Canvas.DrawText("I", 20, 50, font, paint);
            Assert.All(Enumerable.Range(0, 3600), i =>
                Assert.Contains(filled[i % 60, i / 60], (IEnumerable<SKColor>)[SKColors.Red, SKColors.Empty]));
            Assert.InRange(outlined.Inked, 1, filled.Inked);
        }
    }

    [Fact]
    public void Many_threads_may_draw_text_at_once() => Parallel.For(0, 64, _ =>
    {
        using Picture picture = new(120, 30);
        using SKFont font = new(SKTypeface.Default, 18);
        using SKPaint paint = new();
        picture.Canvas.DrawText("traffic sign", 2, 22, font, paint);
        Assert.True(picture.Inked > 50);
    });

    [Fact]
    public void The_default_typeface_survives_its_disposal()
    {
        SKTypeface.Default.Dispose();
        using SKFont font = new();
        Assert.True(font.MeasureText("x") > 0);
    }
}
