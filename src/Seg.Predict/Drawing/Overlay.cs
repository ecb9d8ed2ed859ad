using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Drawing;

/// <summary>Draws label maps over their images: class colours, lines between classes, a legend.</summary>
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
    /// <returns>CV_8UC3 of the same size, or higher by the legend where that stands below.</returns>
    /// <exception cref="ArgumentException">Not CV_8UC3, or another size than the label map's.</exception>
    public Mat Draw(Mat bgr, LabelMap map) => Draw(bgr, map, ClassShare.Of(map, classes));

    /// <summary>As <see cref="Draw(Mat, LabelMap)"/>, with these lines in the legend. For video, whose legend must not jump from frame to frame.</summary>
    public Mat Draw(Mat bgr, LabelMap map, IReadOnlyList<ClassShare> shares)
    {
        var legend = options.Legend == LegendPlacement.Below ? Legend.ForStrip(shares, bgr.Cols, bgr.Rows) : null;
        var canvas = new Mat(bgr.Rows + (legend?.Height ?? 0), bgr.Cols, MatType.CV_8UC3);
        try
        {
            using (var picture = canvas[new Rect(0, 0, bgr.Cols, bgr.Rows)])
                blend.Apply(bgr, map, picture);
            legend?.DrawOn(canvas, 0, bgr.Rows);
            if (options.Legend == LegendPlacement.Inside && Legend.ForPanel(shares, bgr.Cols, bgr.Rows) is { } panel)
                panel.DrawOn(canvas, panel.Margin, bgr.Rows - panel.Height - panel.Margin);
            return canvas;
        }
        catch
        {
            canvas.Dispose();
            throw;
        }
    }

    /// <summary>The image on the left, the overlay on the right, and the legend under both.</summary>
    /// <inheritdoc cref="Draw(Mat, LabelMap)"/>
    public Mat DrawBeside(Mat bgr, LabelMap map)
    {
        var gap = Math.Max(2, bgr.Cols / 160);
        var width = 2 * bgr.Cols + gap;
        var legend = options.Legend == LegendPlacement.None ? null : Legend.ForStrip(ClassShare.Of(map, classes), width, bgr.Rows);
        var canvas = new Mat(bgr.Rows + (legend?.Height ?? 0), width, MatType.CV_8UC3);
        try
        {
            canvas.SetTo(Scalar.All(255));
            using (var left = canvas[new Rect(0, 0, bgr.Cols, bgr.Rows)])
                bgr.CopyTo(left);
            using (var right = canvas[new Rect(bgr.Cols + gap, 0, bgr.Cols, bgr.Rows)])
                blend.Apply(bgr, map, right);
            legend?.DrawOn(canvas, 0, bgr.Rows);
            return canvas;
        }
        catch
        {
            canvas.Dispose();
            throw;
        }
    }
}
