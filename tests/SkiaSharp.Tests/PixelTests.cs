using System.Runtime.InteropServices;

namespace SkiaSharp.Tests;

public unsafe class PixelTests
{
    [Fact]
    public void A_surface_draws_into_the_callers_memory_with_its_own_rows()
    {
        var memory = new byte[3 * 20];
        fixed (byte* pointer = memory)
        {
            using var surface = SKSurface.Create(new SKImageInfo(4, 3, SKColorType.Bgra8888), (nint)pointer, 20);
            using SKPaint paint = new() { Color = new SKColor(1, 2, 3) };
            surface.Canvas.DrawRect(1, 1, 1, 1, paint);
            surface.Flush();
        }
        var expected = new byte[60];
        new byte[] { 3, 2, 1, 255 }.CopyTo(expected, 20 + 4);
        Assert.Equal(expected, memory);
    }

    [Fact]
    public void Installed_pixels_are_given_back_once_the_last_user_is_gone()
    {
        var memory = (nint)NativeMemory.AllocZeroed(16);
        var released = 0;
        SKBitmap bitmap = new();
        bitmap.InstallPixels(new SKImageInfo(2, 2), memory, 8, (address, _) => released += address == memory ? 1 : 100);
        SKCanvas canvas = new(bitmap);
        bitmap.Dispose();
        Assert.Equal(0, released);
        canvas.Clear(SKColors.Red);
        canvas.Dispose();
        Assert.Equal(1, released);
        Assert.Equal(0xFFFF0000, *(uint*)memory);
        NativeMemory.Free((void*)memory);
    }

    [Theory]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Premul)]
    [InlineData(SKColorType.Bgra8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Premul)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.Rgba8888, SKAlphaType.Opaque)]
    [InlineData(SKColorType.Gray8, SKAlphaType.Opaque)]
    public void Images_of_every_type_look_the_same_on_every_canvas(SKColorType type, SKAlphaType alpha)
    {
        var color = type == SKColorType.Gray8 ? new SKColor(90, 90, 90)
            : new SKColor(200, 100, 50, alpha == SKAlphaType.Opaque ? (byte)255 : (byte)102);
        using SKBitmap source = new(3, 3, type, alpha);
        source.Erase(color);
        foreach (var order in new[] { SKColorType.Bgra8888, SKColorType.Rgba8888 })
        {
            using Picture picture = new(5, 5, order);
            picture.Canvas.DrawBitmap(source, 1, 1);
            var seen = picture[2, 2];
            Assert.Equal(color.Alpha, seen.Alpha);
            Assert.InRange(seen.Red, color.Red - 2, color.Red + 2);
            Assert.InRange(seen.Green, color.Green - 2, color.Green + 2);
            Assert.InRange(seen.Blue, color.Blue - 2, color.Blue + 2);
            Assert.Equal(9, picture.Inked);
        }
    }

    [Fact]
    public void An_enlarged_image_repeats_pixels_or_runs_smoothly()
    {
        using SKBitmap source = new(2, 1);
        source.SetPixel(0, 0, SKColors.Black);
        source.SetPixel(1, 0, SKColors.White);
        using var image = SKImage.FromBitmap(source);
        using Picture nearest = new(8, 1), linear = new(8, 1);
        nearest.Canvas.DrawImage(image, new SKRect(0, 0, 8, 1));
        linear.Canvas.DrawImage(image, new SKRect(0, 0, 8, 1), new SKSamplingOptions(SKFilterMode.Linear));
        Assert.Equal([0, 0, 0, 0, 255, 255, 255, 255], Enumerable.Range(0, 8).Select(x => (int)nearest[x, 0].Red));
        Assert.Equal([0, 0, 32, 96, 159, 223, 255, 255], Enumerable.Range(0, 8).Select(x => (int)linear[x, 0].Red).ToArray(), (a, b) =>
            Math.Abs(a - b) <= 3);
    }

    [Fact]
    public void A_part_of_an_image_can_be_drawn()
    {
        using SKBitmap source = new(4, 1);
        for (byte x = 0; x < 4; x++)
            source.SetPixel(x, 0, new SKColor(x, x, x));
        using var image = SKImage.FromBitmap(source);
        using Picture picture = new(2, 1);
        picture.Canvas.DrawImage(image, new SKRect(2, 0, 4, 1), new SKRect(0, 0, 2, 1));
        Assert.Equal((2, 3), (picture[0, 0].Red, picture[1, 0].Red));
    }

    [Fact]
    public void An_image_does_not_change_with_its_bitmap()
    {
        using Picture picture = new(1, 1);
        picture.Canvas.Clear(SKColors.Red);
        using var image = SKImage.FromBitmap(picture.Bitmap);
        picture.Canvas.Clear(SKColors.Blue);
        picture.Canvas.DrawImage(image, 0, 0);
        Assert.Equal(SKColors.Red, picture[0, 0]);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SKBitmap(0, 5));
        Assert.Throws<ArgumentException>(() => new SKBitmap(new SKImageInfo(4, 4), 15));
        Assert.Throws<ArgumentException>(() => new SKBitmap(100_000, 100_000));
        Assert.Throws<ArgumentException>(() => SKImage.FromPixelCopy(new SKImageInfo(4, 4), new byte[63]));
        Assert.ThrowsAny<ArgumentException>(() => SKSurface.Create(new SKImageInfo(4, 4), (nint)0));
        using SKBitmap bitmap = new(2, 2), none = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => bitmap.GetPixel(2, 0));
        Assert.Throws<InvalidOperationException>(() => new SKCanvas(none));
    }

    [Fact]
    public void Colors_are_read_from_hexadecimal_and_from_hue()
    {
        Assert.Equal(new SKColor(255, 136, 0), SKColor.Parse("#f80"));
        Assert.Equal(new SKColor(0x11, 0x22, 0x33, 0x80), SKColor.Parse("80112233"));
        Assert.False(SKColor.TryParse("#12", out _));
        Assert.Equal(SKColors.Lime, SKColor.FromHsv(120, 100, 100));
        Assert.Equal(new SKColor(191, 64, 64), SKColor.FromHsl(0, 50, 50));
    }
}
