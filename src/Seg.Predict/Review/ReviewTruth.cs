namespace Seg.Predict.Review;

/// <summary>
/// An image's true classes, and how well the predicted ones agree with them. Scores are 0–1; not a number where there is nothing to score.
/// </summary>
/// <param name="Labels">Class ids, or <paramref name="IgnoreIndex"/>; of the image's size.</param>
/// <param name="IgnoreIndex">The id of pixels that count nowhere.</param>
/// <param name="MeanIoU">Mean over the classes that truth or prediction have in this image.</param>
/// <param name="PixelAccuracy">Share of the pixels with the right class.</param>
/// <param name="IoU">Intersection over union of each class.</param>
public sealed record ReviewTruth(LabelMap Labels, byte IgnoreIndex, double MeanIoU, double PixelAccuracy, double[] IoU);
