namespace SkiaSharp.Interop;

/// <summary>Pixels as Cairo takes them (premultiplied, four bytes) and as PNG takes them (straight alpha).</summary>
internal static class PixelConversion
{
    /// <summary>
    /// The pixels as a source for a canvas in the byte order <paramref name="order"/>: themselves where they are that already, else a
    /// converted copy, which the caller disposes (<paramref name="isCopy"/>).
    /// </summary>
    public static PixelBuffer ForCanvas(PixelBuffer pixels, SKColorType order, out bool isCopy)
    {
        var info = pixels.Info;
        isCopy = info.ColorType != order || info.AlphaType == SKAlphaType.Unpremul || pixels.RowBytes % 4 != 0;
        if (!isCopy)
            return pixels;

        var alpha = info.AlphaType == SKAlphaType.Opaque || info.ColorType == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Premul;
        PixelBuffer copy = new(new SKImageInfo(info.Width, info.Height, order, alpha), info.Width * 4);
        for (var y = 0; y < info.Height; y++)
            ConvertRow(pixels.Row(y), info, copy.Row(y), order);
        return copy;
    }

    /// <summary>One row as R, G, B, A bytes with straight alpha.</summary>
    public static void ToStraightRgba(ReadOnlySpan<byte> row, SKImageInfo info, Span<byte> rgba)
    {
        for (int i = 0, o = 0; o < rgba.Length; i += info.BytesPerPixel, o += 4)
        {
            var color = Read(row, i, info);
            (rgba[o], rgba[o + 1], rgba[o + 2], rgba[o + 3]) = (color.Red, color.Green, color.Blue, color.Alpha);
        }
    }

    /// <summary>The straight colour of the pixel at byte <paramref name="i"/> of a row.</summary>
    public static SKColor Read(ReadOnlySpan<byte> row, int i, SKImageInfo info)
    {
        if (info.ColorType == SKColorType.Gray8)
            return new SKColor(row[i], row[i], row[i]);
        var (red, blue) = info.ColorType == SKColorType.Rgba8888 ? (row[i], row[i + 2]) : (row[i + 2], row[i]);
        var (green, alpha) = (row[i + 1], row[i + 3]);
        return info.AlphaType switch
        {
            SKAlphaType.Opaque => new SKColor(red, green, blue),
            SKAlphaType.Unpremul => new SKColor(red, green, blue, alpha),
            _ => alpha == 0 ? SKColor.Empty : new SKColor(Straight(red, alpha), Straight(green, alpha), Straight(blue, alpha), alpha),
        };
    }

    /// <summary>Writes a straight colour as the pixel at byte <paramref name="i"/> of a row; the reverse of <see cref="Read"/>.</summary>
    public static void Write(Span<byte> row, int i, SKImageInfo info, SKColor color)
    {
        if (info.ColorType == SKColorType.Gray8)
        {
            // Rec. 709 luma, as Skia's
            row[i] = (byte)Math.Round(0.2126 * color.Red + 0.7152 * color.Green + 0.0722 * color.Blue);
            return;
        }
        var (red, green, blue, alpha) = (color.Red, color.Green, color.Blue, color.Alpha);
        if (info.AlphaType == SKAlphaType.Opaque)
            alpha = 255;
        else if (info.AlphaType == SKAlphaType.Premul)
            (red, green, blue) = (Premultiplied(red, alpha), Premultiplied(green, alpha), Premultiplied(blue, alpha));
        if (info.ColorType == SKColorType.Bgra8888)
            (red, blue) = (blue, red);
        (row[i], row[i + 1], row[i + 2], row[i + 3]) = (red, green, blue, alpha);
    }

    private static void ConvertRow(ReadOnlySpan<byte> from, SKImageInfo info, Span<byte> to, SKColorType order)
    {
        var target = new SKImageInfo(info.Width, 1, order, SKAlphaType.Premul);
        if (info.ColorType != SKColorType.Gray8 && info.AlphaType != SKAlphaType.Unpremul)
        {
            // Alike but for the order of red and blue: no detour through straight alpha, which would round.
            var swap = info.ColorType != order;
            for (var i = 0; i < to.Length; i += 4)
                (to[i], to[i + 1], to[i + 2], to[i + 3]) = (from[swap ? i + 2 : i], from[i + 1], from[swap ? i : i + 2], from[i + 3]);
            return;
        }
        for (int i = 0, o = 0; o < to.Length; i += info.BytesPerPixel, o += 4)
            Write(to, o, target, Read(from, i, info));
    }

    private static byte Straight(byte value, byte alpha) => (byte)Math.Min(255, (value * 255 + alpha / 2) / alpha);

    private static byte Premultiplied(byte value, byte alpha) => (byte)((value * alpha + 127) / 255);
}
