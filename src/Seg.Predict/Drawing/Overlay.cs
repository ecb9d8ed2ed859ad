using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Drawing;

/// <summary>Draws label maps over their images: class colours, lines between classes, names, a legend.</summary>
/// <remarks>Safe to use from several threads at a time.</remarks>
public sealed class Overlay
{
    private readonly LabelSet classes;
    private readonly OverlayOptions options;
    private readonly ClassBlend blend;

    /// <exception cref="ArgumentOutOfRangeException">The opacity is not in 0–1.</exception>
    public Overlay(LabelSet classes, OverlayOptions? options = null)
    {
        (this.classes, this.options) = (classes, options ?? new OverlayOptions());
        blend = new ClassBlend(classes, this.options.Opacity, this.options.Outline);
    }

    /// <summary>The image under its classes' colours, with the legend of the classes that occur in it.</summary>
    /// <param name="bgr">CV_8UC3 of the label map's size; left as it is.</param>
    /// <returns>CV_8UC3 of the same size, or larger by the legend where that stands below.</returns>
    /// <exception cref="ArgumentException">Not CV_8UC3, or another size than the label map's.</exception>
    public Mat Draw(Mat bgr, LabelMap map) => Draw(bgr, map, ClassShare.Of(map, classes));

    /// <summary>As <see cref="Draw(Mat, LabelMap)"/>, with these lines in the legend. For video, whose legend must not jump from frame to frame.</summary>
    public Mat Draw(Mat bgr, LabelMap map, IReadOnlyList<ClassShare> shares) =>
        KeyedPicture.Draw(bgr.Size(), options.Legend, Legend.For(shares, bgr.Size()), picture => Paint(bgr, map, picture));

    /// <summary>The image on the left, the overlay on the right, and the legend under both.</summary>
    /// <inheritdoc cref="Draw(Mat, LabelMap)"/>
    public Mat DrawBeside(Mat bgr, LabelMap map) => DrawBeside(bgr, map, ClassShare.Of(map, classes));

    /// <summary>As <see cref="DrawBeside(Mat, LabelMap)"/>, with these lines in the legend.</summary>
    public Mat DrawBeside(Mat bgr, LabelMap map, IReadOnlyList<ClassShare> shares)
    {
        var gap = PicturePair.Gap(bgr);
        Size size = new(2 * bgr.Cols + gap, bgr.Rows);
        return KeyedPicture.Draw(size, options.Legend, Legend.For(shares, size), picture =>
        {
            picture.SetTo(Scalar.All(255));
            using var left = picture[new Rect(0, 0, bgr.Cols, bgr.Rows)];
            bgr.CopyTo(left);
            using var right = picture[new Rect(bgr.Cols + gap, 0, bgr.Cols, bgr.Rows)];
            Paint(bgr, map, right);
        });
    }

    private void Paint(Mat bgr, LabelMap map, Mat target)
    {
        blend.Apply(bgr, map, target);
        if (options.Labels)
            RegionNames.Draw(target, map, classes);
    }
}
