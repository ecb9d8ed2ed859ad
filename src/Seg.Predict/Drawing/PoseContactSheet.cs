using OpenCvSharp;
using Seg.Models;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>
/// One picture of many images, each with its true persons on the left and the predicted ones on the right, for a person to look through.
/// </summary>
/// <param name="keypoints">What the persons' keypoints are.</param>
/// <param name="cell">
/// Height and width, in pixels, that each single picture is brought into with its shape kept; images are enlarged, too, so that small ones
/// can be seen.
/// </param>
/// <param name="columns">Comparisons in a row; at least 1.</param>
public sealed class PoseContactSheet(KeypointSet keypoints, int cell = 256, int columns = 3)
{
    private const int Gap = 6, Margin = 16;
    private const float TextSize = 14;
    private const int LineHeight = 24;                          // of a caption
    private static readonly SKTypeface Typeface = SKTypeface.FromFamilyName("DejaVu Sans", SKFontStyle.Normal);
    private static readonly Scalar Ground = new(0x1F, 0x1A, 0x17);
    private static readonly SKColor TextColor = new(0xF2, 0xF4, 0xF7), FaintColor = new(0xA9, 0xB2, 0xBD);

    // A truth is sure of itself, and a sheet is for looking at joints: no boxes, no scores.
    private readonly PoseOverlay overlay = new(keypoints, new PoseOverlayOptions { Boxes = false, Labels = false });

    /// <summary>Draws the sheet, as high as it needs to be.</summary>
    /// <returns>CV_8UC3.</returns>
    /// <exception cref="ArgumentException">There is nothing to compare, or a person has another count of keypoints.</exception>
    public Mat Draw(IReadOnlyList<PoseComparison> comparisons)
    {
        if (comparisons.Count == 0)
            throw new ArgumentException("A contact sheet has at least one image.", nameof(comparisons));
        var across = Math.Min(columns, comparisons.Count);
        var (width, height) = (2 * cell + Gap + Margin, cell + LineHeight + Margin);
        var rows = (comparisons.Count + across - 1) / across;
        var sheet = new Mat(LineHeight + Margin + rows * height, Margin + across * width, MatType.CV_8UC3, Ground);
        try
        {
            for (var column = 0; column < across; column++)
                Headings(sheet, Margin + column * width);
            for (var index = 0; index < comparisons.Count; index++)
                Put(sheet, comparisons[index], Margin + index % across * width, LineHeight + Margin + index / across * height);
            return sheet;
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    private void Put(Mat sheet, PoseComparison comparison, int x, int y)
    {
        PutPicture(sheet, comparison.Image, comparison.True, x, y);
        PutPicture(sheet, comparison.Image, comparison.Predicted, x + cell + Gap, y);
        Text(sheet, comparison.Caption, x, y + cell, TextColor, 2 * cell + Gap);
    }

    /// <summary>Drawn after it is resized, so that lines are as wide in all pictures.</summary>
    private void PutPicture(Mat sheet, Mat image, IReadOnlyList<Person> persons, int x, int y)
    {
        var scale = (double)cell / Math.Max(image.Cols, image.Rows);
        int width = Math.Max(1, (int)Math.Round(image.Cols * scale)), height = Math.Max(1, (int)Math.Round(image.Rows * scale));
        using var picture = new Mat();
        Cv2.Resize(image, picture, new Size(width, height), interpolation: scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        overlay.DrawOnto(picture, [.. persons.Select(person => Resized(person, (float)width / image.Cols, (float)height / image.Rows))]);
        using var place = sheet[new Rect(x + (cell - width) / 2, y + cell - height, width, height)];
        picture.CopyTo(place);
    }

    /// <summary>Pixel centres are at whole numbers, so edges, which are half a pixel before them, are what stays in place.</summary>
    private static Person Resized(Person person, float scaleX, float scaleY) => person with
    {
        Keypoints = [.. person.Keypoints.Select(keypoint => keypoint with
        {
            X = (keypoint.X + 0.5f) * scaleX - 0.5f,
            Y = (keypoint.Y + 0.5f) * scaleY - 0.5f,
        })],
    };

    private void Headings(Mat sheet, int x)
    {
        Text(sheet, "true", x, Margin / 2, FaintColor, cell);
        Text(sheet, "predicted", x + cell + Gap, Margin / 2, FaintColor, cell);
    }

    private static void Text(Mat sheet, string text, int x, int y, SKColor color, int width) =>
        PictureLayer.Draw(sheet, new Rect(x, y, width, LineHeight), canvas =>
        {
            using SKFont font = new(Typeface, TextSize);
            using SKPaint paint = new() { IsAntialias = true, Color = color };
            canvas.DrawText(text, x, y + MathF.Round((LineHeight + 0.73f * TextSize) / 2), font, paint);
        });
}
