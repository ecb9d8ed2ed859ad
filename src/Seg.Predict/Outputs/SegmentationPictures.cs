using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>The pictures for people that can be drawn of a label map.</summary>
internal sealed class SegmentationPictures(LabelSet classes, OverlayOptions options)
{
    private readonly Overlay overlay = new(classes, options);
    private readonly Overlay colors = new(classes, options with { Opacity = 1, Outline = false });
    private readonly Contours contours = new(classes, options);
    private readonly ConfidencePicture confidence = new(options.Legend);

    public Mat Draw(PredictionOutputs kind, Mat bgr, LabelMap map) => Draw(kind, bgr, map, ClassShare.Of(map, classes));

    /// <param name="kind">One of <see cref="SegmentationPlan.Outputs"/>' pictures.</param>
    /// <param name="shares">The lines of the legend.</param>
    public Mat Draw(PredictionOutputs kind, Mat bgr, LabelMap map, IReadOnlyList<ClassShare> shares)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Draw);
        return kind switch
        {
            PredictionOutputs.Overlay => overlay.Draw(bgr, map, shares),
            PredictionOutputs.SideBySide => overlay.DrawBeside(bgr, map, shares),
            PredictionOutputs.Contours => contours.Draw(bgr, map, shares),
            PredictionOutputs.Confidence => confidence.Draw(map),
            PredictionOutputs.Mask => colors.Draw(bgr, map, shares),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a picture."),
        };
    }
}
