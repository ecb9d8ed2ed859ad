using System.Globalization;
using OpenCvSharp;
using Seg.Models;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>Draws persons' boxes, and labels with their scores and tracks, which keep out of each other's way.</summary>
internal sealed class PersonFrames
{
    private const byte BoxAlpha = 190;                          // boxes are many in a crowd, and less than what is in them

    private static readonly SKColor Dark = new(0x08, 0x0A, 0x0E), Panel = new(0x10, 0x12, 0x16, 0xC8), Neutral = new(0xF2, 0xF4, 0xF7);

    private readonly Mat picture;
    private readonly float textSize, lineWidth;
    private readonly List<SKRect> taken = [];

    /// <param name="picture">CV_8UC3, drawn on.</param>
    public PersonFrames(Mat picture)
    {
        this.picture = picture;
        var side = Math.Min(picture.Cols, picture.Rows);
        textSize = Math.Max(9, MathF.Round(MathF.Pow(side, 0.7f) * 0.15f));
        lineWidth = Math.Max(1, MathF.Round(0.0016f * side));
    }

    /// <summary>The box in a thin line with a dark border; none where it is as large as the picture.</summary>
    public void DrawBox(Person person)
    {
        if (IsWhole(person.Box))
            return;
        var rect = Rectangle(person.Box);
        foreach (var strip in Strips(rect, 2 * lineWidth + 2))
        {
            PictureLayer.Draw(picture, strip, canvas =>
            {
                using SKPaint paint = new() { IsAntialias = true, Style = SKPaintStyle.Stroke };
                (paint.Color, paint.StrokeWidth) = (Dark.WithAlpha(110), lineWidth + 2);
                canvas.DrawRect(rect, paint);
                (paint.Color, paint.StrokeWidth) = (ColorOf(person).WithAlpha(BoxAlpha), lineWidth);
                canvas.DrawRect(rect, paint);
            });
        }
    }

    /// <summary>The score, and before it the track's number, at a corner of the box where no other label stands.</summary>
    public void DrawLabel(Person person)
    {
        var score = string.Create(CultureInfo.InvariantCulture, $"{person.Score:0.00}");
        var text = person.TrackId is { } track ? $"#{track} {score}" : score;
        using SKFont font = new(Typefaces.Normal, textSize);
        var (width, height) = (MathF.Ceiling(font.MeasureText(text) + 0.8f * textSize), MathF.Ceiling(1.4f * textSize));
        var place = PlaceOf(person.Box, width, height);
        taken.Add(place);
        PictureLayer.Draw(picture, Outside(place), canvas =>
        {
            using SKPaint paint = new() { IsAntialias = true, Color = Panel };
            canvas.DrawRoundRect(place, 0.3f * textSize, 0.3f * textSize, paint);
            paint.Color = ColorOf(person);
            canvas.DrawText(text, place.Left + 0.4f * textSize, MathF.Round(place.Top + (height + 0.73f * textSize) / 2), font, paint);
        });
    }

    /// <summary>Neutral, or one of its own for each track; hues that follow each other lie far apart.</summary>
    private static SKColor ColorOf(Person person) =>
        person.TrackId is { } track ? SKColor.FromHsl(track * 137.508f % 360, 90, 68) : Neutral;

    private bool IsWhole(PersonBox box) => box.X <= 1 && box.Y <= 1 && box.Right >= picture.Cols - 1 && box.Bottom >= picture.Rows - 1;

    /// <summary>The box, as far as the picture shows it.</summary>
    private SKRect Rectangle(PersonBox box)
    {
        var inset = lineWidth / 2;
        var left = Math.Clamp(MathF.Round(box.X), 0, picture.Cols - 1) + inset;
        var top = Math.Clamp(MathF.Round(box.Y), 0, picture.Rows - 1) + inset;
        return new SKRect(
            left, top,
            Math.Max(left, Math.Clamp(MathF.Round(box.Right), 0, picture.Cols) - inset),
            Math.Max(top, Math.Clamp(MathF.Round(box.Bottom), 0, picture.Rows) - inset));
    }

    /// <summary>The four sides: a large box has few pixels on its lines.</summary>
    private static IEnumerable<Rect> Strips(SKRect rect, float width)
    {
        var half = width / 2;
        yield return Outside(new SKRect(rect.Left - half, rect.Top - half, rect.Right + half, rect.Top + half));
        yield return Outside(new SKRect(rect.Left - half, rect.Bottom - half, rect.Right + half, rect.Bottom + half));
        yield return Outside(new SKRect(rect.Left - half, rect.Top + half, rect.Left + half, rect.Bottom - half));
        yield return Outside(new SKRect(rect.Right - half, rect.Top + half, rect.Right + half, rect.Bottom - half));
    }

    /// <summary>Outside the box where there is room, and over the feet rather than the head.</summary>
    private SKRect PlaceOf(PersonBox box, float width, float height)
    {
        var rect = Rectangle(box);
        var (right, lastLeft) = (rect.Right - width, Math.Max(0, picture.Cols - width));
        (float X, float Y)[] corners =
        [
            (rect.Left, rect.Top - height), (right, rect.Top - height), (rect.Left, rect.Bottom),
            (rect.Left, rect.Bottom - height), (rect.Left, rect.Top), (right, rect.Top), (right, rect.Bottom - height),
        ];
        var places = corners.Where(corner => corner.Y >= 0 && corner.Y + height <= picture.Rows).DefaultIfEmpty(corners[4])
            .Select(corner => SKRect.Create(Math.Clamp(MathF.Round(corner.X), 0, lastLeft), MathF.Round(corner.Y), width, height)).ToList();
        return places.Where(place => !taken.Exists(other => other.IntersectsWith(place))).DefaultIfEmpty(places[0]).First();
    }

    private static Rect Outside(SKRect rect)
    {
        var (left, top) = ((int)MathF.Floor(rect.Left), (int)MathF.Floor(rect.Top));
        return new Rect(left, top, (int)MathF.Ceiling(rect.Right) - left, (int)MathF.Ceiling(rect.Bottom) - top);
    }
}
