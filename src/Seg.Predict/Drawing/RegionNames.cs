using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>Writes the names of classes onto their regions, where a name fits whole and the region is no speck.</summary>
internal static class RegionNames
{
    private const int LongestSide = 768;                        // of the map on which places are looked for
    private const double LeastShare = 0.004;                    // of the picture, for a region to be named
    private const float LineHeight = 1.25f;                     // in text sizes
    private const float SmallerPart = 0.75f;                    // of the size, where the name does not fit in full

    private static readonly SKColor Light = new(0xFF, 0xFF, 0xFF), Halo = new(0x08, 0x0A, 0x0E, 0xD0);

    /// <param name="picture">CV_8UC3 of the map's size, drawn on.</param>
    public static void Draw(Mat picture, LabelMap map, LabelSet classes)
    {
        var full = Legend.TextSize(map.Width, map.Height);
        var scale = Math.Min(1, LongestSide / (double)Math.Max(map.Width, map.Height));
        using var labels = map.AsMat();
        using Mat small = new();
        Cv2.Resize(labels, small, new Size(Math.Max(1, (int)(map.Width * scale)), Math.Max(1, (int)(map.Height * scale))),
            interpolation: InterpolationFlags.Nearest);
        foreach (var share in ClassShare.Of(map, classes).Where(share => share.Share >= LeastShare))
        {
            foreach (var textSize in (float[])[full, Math.Max(9, SmallerPart * full)])
            {
                if (DrawNames(picture, small, share, textSize, scale))
                    break;
            }
        }
    }

    /// <summary>Names the regions of one class.</summary>
    /// <returns>Whether there was room in one of them.</returns>
    private static bool DrawNames(Mat picture, Mat small, ClassShare share, float textSize, double scale)
    {
        using SKFont font = new(Typefaces.Bold, textSize);
        var width = font.MeasureText(share.Name);
        Size needed = new((int)Math.Ceiling((width + textSize) * scale) | 1, (int)Math.Ceiling(LineHeight * textSize * scale) | 1);
        var places = Places(small, (byte)share.Id, needed);
        foreach (var place in places)
        {
            var (x, y) = ((float)((place.X + 0.5) / scale), (float)((place.Y + 0.5) / scale));
            DrawName(picture, share.Name, font, x, y + 0.36f * textSize, width);   // 0.73 of the size is DejaVu Sans' height of capitals
        }
        return places.Count > 0;
    }

    /// <summary>For each region with room for a box of this size its centre, as near to the region's own as it can be.</summary>
    private static List<Point> Places(Mat small, byte id, Size box)
    {
        using Mat mask = new(), parts = new(), stats = new(), centroids = new(), room = new();
        Cv2.InRange(small, Scalar.All(id), Scalar.All(id), mask);
        var count = Cv2.ConnectedComponentsWithStats(mask, parts, stats, centroids);
        using var element = Cv2.GetStructuringElement(MorphShapes.Rect, box);
        // Beyond the picture's border there is no room.
        Cv2.MorphologyEx(mask, room, MorphTypes.Erode, element, borderType: BorderTypes.Constant, borderValue: Scalar.All(0));
        var best = new (double Distance, Point Place)?[count];
        for (var y = 0; y < small.Rows; y++)
        {
            ReadOnlySpan<byte> free = room.RowBytes(y);
            var numbers = parts.RowValues<int>(y);
            for (var x = free.IndexOfAnyExcept((byte)0); x >= 0 && x < free.Length; x++)
            {
                if (free[x] == 0)
                    continue;
                var part = numbers[x];
                var centre = centroids.RowValues<double>(part);
                var distance = Math.Pow(x - centre[0], 2) + Math.Pow(y - centre[1], 2);
                if (best[part] is not { } known || distance < known.Distance)
                    best[part] = (distance, new Point(x, y));
            }
        }
        var least = LeastShare * small.Rows * small.Cols;
        return [.. best.Index().Where(part => part.Item is not null && stats.RowValues<int>(part.Index)[(int)ConnectedComponentsTypes.Area] >= least)
            .Select(part => part.Item!.Value.Place)];
    }

    private static void DrawName(Mat picture, string name, SKFont font, float x, float baseline, float width)
    {
        var reach = font.Size;
        Rect area = new((int)(x - width / 2 - reach), (int)(baseline - 1.2f * font.Size), (int)(width + 2 * reach), (int)(1.8f * font.Size));
        PictureLayer.Draw(picture, area, canvas =>
        {
            using SKPaint paint = new()
            {
                IsAntialias = true,
                Color = Halo,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = Math.Max(2, 0.16f * font.Size),
                StrokeJoin = SKStrokeJoin.Round,
            };
            canvas.DrawText(name, x, baseline, SKTextAlign.Center, font, paint);
            (paint.Color, paint.Style) = (Light, SKPaintStyle.Fill);
            canvas.DrawText(name, x, baseline, SKTextAlign.Center, font, paint);
        });
    }
}
