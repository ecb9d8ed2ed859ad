using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Drawing;

/// <summary>Draws persons over their images: limbs, joints as sure as they are, boxes, scores.</summary>
/// <remarks>
/// Lines are as wide as the person and the picture ask for, and anti-aliased. The person of the highest score lies on top. Safe to use from
/// several threads at a time.
/// </remarks>
/// <param name="keypoints">What the persons' keypoints are.</param>
public sealed class PoseOverlay(KeypointSet keypoints, PoseOverlayOptions? options = null)
{
    private const float BoxPart = 0.4f;

    private readonly PoseOverlayOptions options = options ?? new PoseOverlayOptions();
    private readonly SkeletonPainter skeletons = new(keypoints, options ?? new PoseOverlayOptions());

    /// <summary>The image with the persons drawn on it.</summary>
    /// <param name="bgr">CV_8UC3; left as it is.</param>
    /// <param name="persons">Keypoints and boxes in pixels of the image.</param>
    /// <returns>CV_8UC3 of the image's size.</returns>
    /// <exception cref="ArgumentException">Not CV_8UC3, or a person with another count of keypoints.</exception>
    public Mat Draw(Mat bgr, IReadOnlyList<Person> persons)
    {
        var picture = bgr.Clone();
        try
        {
            DrawOnto(picture, persons);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    /// <summary>The image on the left, the same with the persons on the right.</summary>
    /// <inheritdoc cref="Draw"/>
    public Mat DrawBeside(Mat bgr, IReadOnlyList<Person> persons)
    {
        using var drawn = Draw(bgr, persons);
        return PicturePair.Join(bgr, drawn);
    }

    /// <summary>As <see cref="Draw"/>, onto the image itself.</summary>
    public void DrawOnto(Mat bgr, IReadOnlyList<Person> persons)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Draw);
        if (bgr.Type() != MatType.CV_8UC3)
            throw new ArgumentException($"An image is CV_8UC3, not {bgr.Type()}.", nameof(bgr));
        if (persons.FirstOrDefault(person => person.Keypoints.Length != keypoints.Count) is { } stranger)
            throw new ArgumentException($"A person has {keypoints.Count} keypoints, not {stranger.Keypoints.Length}.", nameof(persons));
        Person[] ordered = [.. persons.OrderBy(person => person.Score)];
        PersonFrames frames = new(bgr);
        if (options.Boxes)
            Array.ForEach(ordered, frames.DrawBox);
        foreach (var person in ordered)
            DrawSkeleton(bgr, person);
        if (options.Labels)
            Array.ForEach([.. ordered.Reverse()], frames.DrawLabel);
    }

    private void DrawSkeleton(Mat bgr, Person person)
    {
        Keypoint[] shown = [.. person.Keypoints.Where(skeletons.IsShown)];
        if (shown.Length == 0)
            return;
        var (left, top) = (shown.Min(joint => joint.X), shown.Min(joint => joint.Y));
        var (right, bottom) = (shown.Max(joint => joint.X), shown.Max(joint => joint.Y));
        // Of a person of whom few joints are shown, the box says how large it is.
        var extent = Math.Max(Math.Max(right - left, bottom - top), BoxPart * Math.Max(person.Box.Width, person.Box.Height));
        var width = LimbWidth(extent, Math.Min(bgr.Cols, bgr.Rows));
        var reach = SkeletonPainter.Reach * width + 2;
        // Joints may lie anywhere: limits keep the rectangle within whole numbers.
        var (x, y) = (Whole(left - reach), Whole(top - reach));
        Rect area = new(x, y, Whole(right + reach) - x + 1, Whole(bottom + reach) - y + 1);
        PictureLayer.Draw(bgr, area, canvas => skeletons.Draw(canvas, person.Keypoints, width));

        static int Whole(float value) => (int)Math.Clamp(MathF.Floor(value), -1e6f, 1e6f);
    }

    /// <summary>Grows with the person, but more slowly, and stays in proportion to the picture.</summary>
    /// <param name="extent">Of the person's joints, in pixels.</param>
    /// <param name="side">The picture's shorter one, in pixels.</param>
    private static float LimbWidth(float extent, int side) =>
        Math.Clamp(0.045f * MathF.Pow(extent, 0.8f), Math.Max(1.3f, 0.0018f * side), Math.Max(2, 0.014f * side));
}
