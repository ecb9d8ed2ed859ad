namespace SkiaSharp.Tests;

public class CanvasTests
{
    private static readonly SKPaint Black = new();

    [Fact]
    public void Transformations_move_scale_and_turn_what_follows_and_restore_ends_them()
    {
        using Picture picture = new(20, 20);
        picture.Canvas.Save();
        picture.Canvas.Translate(10, 10);
        picture.Canvas.Scale(2, 3);
        picture.Canvas.RotateDegrees(90);
        picture.Canvas.DrawRect(0, 0, 1, 2, Black);       // turned clockwise: x from −2 to 0, y from 0 to 1, before scaling
        picture.Canvas.Restore();
        Assert.Equal(12, picture.Inked);
        Assert.Equal(255, picture[6, 10].Alpha);
        Assert.Equal(255, picture[9, 12].Alpha);
        picture.Canvas.DrawRect(0, 0, 1, 1, Black);
        Assert.Equal(255, picture[0, 0].Alpha);
    }

    [Fact]
    public void A_matrix_maps_points_as_the_canvas_draws_them()
    {
        using Picture picture = new(30, 30);
        var matrix = SKMatrix.Concat(SKMatrix.CreateTranslation(12, 7),
            SKMatrix.CreateRotationDegrees(30, 2, 3)).PreConcat(SKMatrix.CreateScale(2, 1.5f));
        picture.Canvas.SetMatrix(matrix);
        var read = picture.Canvas.TotalMatrix;
        var (mapped, again) = (matrix.MapPoint(4, 5), read.MapPoint(4, 5));
        Assert.Equal(mapped.X, again.X, 4);
        Assert.Equal(mapped.Y, again.Y, 4);
        picture.Canvas.DrawRect(3.5f, 4.5f, 1, 1, Black);
        Assert.Equal(255, picture[(int)mapped.X, (int)mapped.Y].Alpha);
    }

    [Fact]
    public void A_scale_of_zero_draws_nothing_until_restored()
    {
        using Picture picture = new(4, 4);
        picture.Canvas.Save();
        picture.Canvas.Scale(0, 1);
        picture.Canvas.DrawRect(0, 0, 4, 4, Black);
        picture.Canvas.Restore();
        Assert.Equal(0, picture.Inked);
        picture.Canvas.DrawRect(0, 0, 4, 4, Black);
        Assert.Equal(16, picture.Inked);
    }

    [Fact]
    public void Clips_meet_and_their_difference_stays_outside()
    {
        using Picture inside = new(10, 10), outside = new(10, 10);
        inside.Canvas.ClipRect(new SKRect(0, 0, 6, 6));
        using SKPath path = new();
        path.AddRect(new SKRect(3, 3, 10, 10));
        inside.Canvas.ClipPath(path);
        inside.Canvas.DrawPaint(Black);
        Assert.Equal(9, inside.Inked);
        outside.Canvas.ClipRect(new SKRect(2, 2, 8, 8), SKClipOperation.Difference);
        outside.Canvas.Clear(SKColors.Red);
        Assert.Equal(64, outside.Inked);
    }

    [Fact]
    public void A_layer_is_laid_on_with_its_alpha_as_one()
    {
        using Picture picture = new(4, 1);
        using SKPaint half = new() { Color = SKColors.Black.WithAlpha(128) };
        picture.Canvas.SaveLayer(half);
        picture.Canvas.DrawRect(0, 0, 3, 1, Black);
        picture.Canvas.DrawRect(1, 0, 3, 1, Black);       // overlaps, and is no darker there
        Assert.Equal(2, picture.Canvas.SaveCount);
        picture.Canvas.Restore();
        Assert.Equal([128, 128, 128, 128], Enumerable.Range(0, 4).Select(x => (int)picture[x, 0].Alpha));
    }

    [Fact]
    public void Disposing_a_canvas_lays_its_open_layers_on()
    {
        using SKBitmap bitmap = new(1, 1);
        using (SKCanvas canvas = new(bitmap))
        {
            canvas.SaveLayer();
            canvas.Clear(SKColors.Red);
        }
        Assert.Equal(SKColors.Red, bitmap.GetPixel(0, 0));
    }

    [Fact]
    public void Restoring_more_often_than_saved_does_nothing()
    {
        using Picture picture = new(2, 2);
        picture.Canvas.Restore();
        picture.Canvas.RestoreToCount(-3);
        Assert.Equal(1, picture.Canvas.SaveCount);
        picture.Canvas.DrawPaint(Black);
        Assert.Equal(4, picture.Inked);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Coordinates_that_are_no_numbers_draw_nothing(float bad)
    {
        using Picture picture = new(4, 4);
        using SKFont font = new();
        picture.Canvas.DrawRect(bad, 0, 4, 4, Black);
        picture.Canvas.DrawCircle(2, 2, bad, Black);
        picture.Canvas.DrawLine(0, 0, bad, 4, Black);
        picture.Canvas.DrawText("x", bad, 4, font, Black);
        picture.Canvas.DrawBitmap(picture.Bitmap, new SKRect(0, 0, bad, 4));
        picture.Canvas.Translate(bad, 0);
        picture.Canvas.RotateDegrees(bad);
        picture.Canvas.Scale(bad);
        Assert.Equal(0, picture.Inked);
    }

    [Fact]
    public void Far_away_coordinates_are_cut_off_and_not_wrapped_around()
    {
        using Picture picture = new(10, 10);
        picture.Canvas.DrawRect(5, -1e9f, 1e12f, 2e9f, Black);
        Assert.Equal(50, picture.Inked);
    }

    [Fact]
    public void Pixels_that_Cairo_cannot_draw_on_are_refused_with_what_to_use()
    {
        using SKBitmap gray = new(2, 2, SKColorType.Gray8, SKAlphaType.Opaque),
            straight = new(2, 2, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        Assert.Contains("use Bgra8888", Assert.Throws<NotSupportedException>(() => new SKCanvas(gray)).Message);
        Assert.Contains("use Premul", Assert.Throws<NotSupportedException>(() => new SKCanvas(straight)).Message);
        using Picture picture = new(1, 1);
        Assert.Throws<NotSupportedException>(() => picture.Canvas.Concat(new SKMatrix(1, 0, 0, 0, 1, 0, 0.1f, 0, 1)));
    }

    [Fact]
    public void Whatever_was_disposed_throws_and_nothing_crashes()
    {
        SKBitmap bitmap = new(4, 4);
        SKCanvas canvas = new(bitmap);
        SKPaint paint = new();
        SKPath path = new();
        SKFont font = new();
        var shader = SKShader.CreateColor(SKColors.Red);
        var surface = SKSurface.Create(new SKImageInfo(2, 2));
        var surfaceCanvas = surface.Canvas;
        var image = surface.Snapshot();
        var data = image.Encode();
        foreach (var item in new IDisposable[] { paint, path, font, shader, image, data, surface })
        {
            item.Dispose();
            item.Dispose();
        }
        Assert.Throws<ObjectDisposedException>(() => canvas.DrawRect(0, 0, 1, 1, paint));
        Assert.Throws<ObjectDisposedException>(() => canvas.DrawPath(path, Black));
        Assert.Throws<ObjectDisposedException>(() => canvas.DrawText("x", 0, 0, font, Black));
        Assert.Throws<ObjectDisposedException>(() => canvas.DrawImage(image, 0, 0));
        using SKPaint shaded = new() { Shader = shader };
        Assert.Throws<ObjectDisposedException>(() => canvas.DrawPaint(shaded));
        Assert.Throws<ObjectDisposedException>(() => surfaceCanvas.Clear());
        Assert.Throws<ObjectDisposedException>(() => surface.Canvas);
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
        canvas.Dispose();
        bitmap.Dispose();
        Assert.Throws<ObjectDisposedException>(() => canvas.Save());
        Assert.Throws<ObjectDisposedException>(() => bitmap.GetPixels());
        Assert.Throws<ObjectDisposedException>(() => new SKCanvas(bitmap));
    }

    [Fact]
    public void A_canvas_outlives_the_disposal_of_its_bitmap()
    {
        SKBitmap bitmap = new(64, 64);
        using SKCanvas canvas = new(bitmap);
        bitmap.Dispose();
        canvas.Clear(SKColors.Red);                       // draws into memory that nobody can see any more, but that is still there
        canvas.Flush();
    }
}
