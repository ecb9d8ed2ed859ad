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
        var width = 2 * cell + Gap + Margin;
        // A row is as high as its highest picture.
        var heights = comparisons.Select(comparison => Fitted(comparison.Image).Height).Chunk(across).Select(Enumerable.Max).ToArray();
        var sheet = new Mat(LineHeight + Margin + heights.Sum(height => height + LineHeight + Margin), Margin + across * width, MatType.CV_8UC3, Ground);
        try
        {
            for (var column = 0; column < across; column++)
                Headings(sheet, Margin + column * width);
            for (var (row, y) = (0, LineHeight + Margin); row < heights.Length; y += heights[row] + LineHeight + Margin, row++)
            {
                for (var column = 0; column < across && row * across + column < comparisons.Count; column++)
                    Put(sheet, comparisons[row * across + column], Margin + column * width, y, heights[row]);
            }
            return sheet;
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    private void Put(Mat sheet, PoseComparison comparison, int x, int y, int rowHeight)
    {
        PutPicture(sheet, comparison.Image, comparison.True, x, y + rowHeight);
        PutPicture(sheet, comparison.Image, comparison.Predicted, x + cell + Gap, y + rowHeight);
        Text(sheet, comparison.Caption, x, y + rowHeight, TextColor, 2 * cell + Gap);
    }

    /// <summary>An image's size on the sheet.</summary>
    private Size Fitted(Mat image)
    {
        var scale = (double)cell / Math.Max(image.Cols, image.Rows);
        return new(Math.Max(1, (int)Math.Round(image.Cols * scale)), Math.Max(1, (int)Math.Round(image.Rows * scale)));
    }

    /// <summary>Drawn after it is resized, so that lines are as wide in all pictures.</summary>
    private void PutPicture(Mat sheet, Mat image, IReadOnlyList<Person> persons, int x, int bottom)
    {
        var size = Fitted(image);
        using var picture = new Mat();
        Cv2.Resize(image, picture, size, interpolation: size.Width < image.Cols ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        overlay.DrawOnto(picture, [.. persons.Select(person => Resized(person, (float)size.Width / image.Cols, (float)size.Height / image.Rows))]);
        using var place = sheet[new Rect(x + (cell - size.Width) / 2, bottom - size.Height, size.Width, size.Height)];
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
            using SKFont font = new(Typefaces.Normal, TextSize);
            using SKPaint paint = new() { IsAntialias = true, Color = color };
            canvas.DrawText(text, x, y + MathF.Round((LineHeight + 0.73f * TextSize) / 2), font, paint);
        });
}
