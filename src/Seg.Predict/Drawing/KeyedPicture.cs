using OpenCvSharp;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>A picture with the key to its colours under it or on it.</summary>
internal static class KeyedPicture
{
    /// <summary>Of a strip under a picture, and of what is left beside a picture that is narrower than its strip.</summary>
    public static readonly SKColor StripColor = new(0x17, 0x1A, 0x1F);

    /// <summary>Of a panel on a picture.</summary>
    public static readonly SKColor PanelColor = new(0x10, 0x12, 0x16, 0xB8);

    /// <param name="placement">Where the key goes.</param>
    /// <param name="keyFor">Makes the key: an opaque strip under the picture, or a panel on it (true); null where there is no room.</param>
    /// <param name="paint">Paints every pixel of the picture, CV_8UC3.</param>
    /// <returns>CV_8UC3 of the size, or larger by the strip.</returns>
    public static Mat Draw(Size size, LegendPlacement placement, Func<bool, IPictureKey?> keyFor, Action<Mat> paint)
    {
        var strip = placement == LegendPlacement.Below ? keyFor(false) : null;
        var panel = placement == LegendPlacement.Inside ? keyFor(true) : null;
        var canvas = new Mat(size.Height + (strip?.Height ?? 0), Math.Max(size.Width, strip?.Width ?? 0), MatType.CV_8UC3);
        try
        {
            if (canvas.Cols > size.Width)
                canvas.SetTo(new Scalar(StripColor.Blue, StripColor.Green, StripColor.Red));
            using (var picture = canvas[new Rect(0, 0, size.Width, size.Height)])
                paint(picture);
            strip?.DrawOn(canvas, 0, size.Height);
            panel?.DrawOn(canvas, panel.Margin, size.Height - panel.Height - panel.Margin);
            return canvas;
        }
        catch
        {
            canvas.Dispose();
            throw;
        }
    }
}
