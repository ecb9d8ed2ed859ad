namespace Seg.Predict.Drawing;

/// <summary>How persons are drawn over images.</summary>
public sealed record PoseOverlayOptions
{
    /// <summary>Keypoints of a lower score, and limbs that end in one, are not drawn; 0–1.</summary>
    public double MinKeypointScore { get; init; } = 0.2;

    /// <summary>
    /// Score from which on a keypoint is drawn in full; below it fades towards a ring. Above <see cref="MinKeypointScore"/>.
    /// </summary>
    public double SureKeypointScore { get; init; } = 0.6;

    /// <summary>Whether each person's box is drawn; a box as large as the image never is.</summary>
    public bool Boxes { get; init; } = true;

    /// <summary>Whether each person's score is written, and in videos the number of its track.</summary>
    public bool Labels { get; init; } = true;
}
