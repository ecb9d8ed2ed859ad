using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Predict.Imaging;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>Draws shapes and text onto a part of a picture, through a transparent bitmap of that part.</summary>
internal static class PictureLayer
{
    /// <param name="bgr">CV_8UC3, drawn on.</param>
    /// <param name="area">The part of the picture; what lies outside the picture is left out.</param>
    /// <param name="draw">Draws in the picture's own coordinates; what falls outside the area is lost.</param>
    public static void Draw(Mat bgr, Rect area, Action<SKCanvas> draw)
    {
        int left = Math.Max(area.X, 0), top = Math.Max(area.Y, 0);
        int width = Math.Min(area.X + area.Width, bgr.Cols) - left, height = Math.Min(area.Y + area.Height, bgr.Rows) - top;
        if (width <= 0 || height <= 0)
            return;
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Translate(-left, -top);
            draw(canvas);
            canvas.Flush();
        }
        for (var y = 0; y < height; y++)
            Blend(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, width * 4), bgr.RowBytes(top + y).Slice(3 * left, 3 * width));
        GC.KeepAlive(bgr);
    }

    /// <param name="source">Premultiplied B, G, R, alpha.</param>
    /// <param name="target">B, G, R.</param>
    private static void Blend(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(source);
        for (var x = 0; x < pixels.Length; x++)
        {
            var skipped = pixels[x..].IndexOfAnyExcept(0u);     // most of a layer is transparent
            if (skipped < 0)
                return;
            x += skipped;
            var rest = 255 - source[4 * x + 3];
            for (var channel = 0; channel < 3; channel++)
                target[3 * x + channel] = (byte)(source[4 * x + channel] + (target[3 * x + channel] * rest + 127) / 255);
        }
    }
}
