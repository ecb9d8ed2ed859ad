using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Drawing;

/// <summary>Draws the borders between classes onto their images, which stay as they are elsewhere.</summary>
/// <remarks>
/// On either side of a border runs a line in the colour of the class there, and beside it a fainter one, light beside a dark colour and dark
/// beside a light one, so that it shows on any ground. Lines are as wide as the picture asks for. Safe to use from several threads at a time.
/// </remarks>
public sealed class Contours(LabelSet classes, OverlayOptions? options = null)
{
    private const int LightFrom = 110;                          // of 255: colours of this brightness on are light

    private readonly OverlayOptions options = options ?? new OverlayOptions();

    /// <inheritdoc cref="Overlay.Draw(Mat, LabelMap)"/>
    /// <summary>The image with its classes' borders, and the legend of the classes that occur in it.</summary>
    public Mat Draw(Mat bgr, LabelMap map) => Draw(bgr, map, ClassShare.Of(map, classes));

    /// <summary>As <see cref="Draw(Mat, LabelMap)"/>, with these lines in the legend.</summary>
    public Mat Draw(Mat bgr, LabelMap map, IReadOnlyList<ClassShare> shares)
    {
        ClassBlend.Check(bgr, map);
        return KeyedPicture.Draw(bgr.Size(), options.Legend, Legend.For(shares, bgr.Size()), picture =>
        {
            bgr.CopyTo(picture);
            DrawLines(picture, map);
            if (options.Labels)
                RegionNames.Draw(picture, map, classes);
        });
    }

    private void DrawLines(Mat picture, LabelMap map)
    {
        // Grows with the picture, but more slowly, as letters do: 2 pixels at 360, 14 at 6000.
        var width = Math.Max(1, (int)Math.Round(0.032 * Math.Pow(Math.Min(map.Width, map.Height), 0.7)));
        using var labels = map.AsMat();
        using Mat line = NearBorder(labels, width), edge = NearBorder(labels, width + Math.Max(1, width / 2));
        for (var y = 0; y < map.Height; y++)
        {
            ReadOnlySpan<byte> isLine = line.RowBytes(y), isEdge = edge.RowBytes(y), ids = map.Labels.AsSpan(y * map.Width, map.Width);
            var pixels = picture.RowBytes(y);
            for (var x = isEdge.IndexOfAnyExcept((byte)0); x >= 0 && x < ids.Length; x++)
            {
                if (isEdge[x] == 0 || ids[x] >= classes.Count || ids[x] == classes.IgnoreIndex)
                    continue;
                var pixel = pixels.Slice(3 * x, 3);
                var color = classes.Colors[ids[x]];
                if (isLine[x] != 0)
                    (pixel[0], pixel[1], pixel[2]) = (color.B, color.G, color.R);
                else
                    Mix(pixel, IsLight(color) ? (byte)0 : byte.MaxValue);
            }
        }
    }

    private static bool IsLight(Rgb color) => 299 * color.R + 587 * color.G + 114 * color.B >= 1000 * LightFrom;

    /// <summary>Half of it, and half of a gray value.</summary>
    private static void Mix(Span<byte> pixel, byte gray)
    {
        foreach (ref var part in pixel)
            part = (byte)((part + gray) / 2);
    }

    /// <summary>CV_8UC1: not 0 where another class is within so many pixels.</summary>
    private static Mat NearBorder(Mat labels, int reach)
    {
        using Mat greatest = Spread(labels, MorphTypes.Dilate, reach), least = Spread(labels, MorphTypes.Erode, reach);
        Mat differs = new();
        Cv2.Absdiff(greatest, least, differs);
        return differs;
    }

    /// <summary>The greatest or least id in an octagon around each pixel: a diamond and a square, as a disc costs the square of its radius.</summary>
    private static Mat Spread(Mat labels, MorphTypes operation, int reach)
    {
        var square = (int)Math.Round((Math.Sqrt(2) - 1) * reach);
        using Mat cross = Cv2.GetStructuringElement(MorphShapes.Cross, new Size(3, 3)),
            rect = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(2 * square + 1, 2 * square + 1)), diamond = new();
        Cv2.MorphologyEx(labels, diamond, operation, cross, iterations: reach - square);
        Mat octagon = new();
        Cv2.MorphologyEx(diamond, octagon, operation, rect);
        return octagon;
    }
}
