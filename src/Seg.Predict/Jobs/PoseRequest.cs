using Seg.Predict.Drawing;

namespace Seg.Predict.Jobs;

/// <summary>What a prediction with a pose model needs to know; a model of another task takes none of it.</summary>
public sealed record PoseRequest
{
    /// <summary>
    /// Boxes of persons: a detector's results in COCO's form, or a COCO data set; see <see cref="Pose.DetectionFile"/>. null: a top-down
    /// network takes each image for one person.
    /// </summary>
    public string? Boxes { get; init; }

    /// <summary>
    /// Boxes and persons of a lower score are left out, 0–1; null: <see cref="DefaultMinScore"/>. A person's score is that of its box times
    /// the mean of its sure keypoints'. 0 for results that are to be scored, as average precision counts those of low scores too.
    /// </summary>
    public double? MinScore { get; init; }

    public const double DefaultMinScore = 0.1;

    /// <summary>Of videos: whether each person is given a number that it keeps.</summary>
    public bool Track { get; init; }

    /// <summary>Of videos: whether the keypoints' shaking is smoothed away.</summary>
    public bool Smooth { get; init; }

    public PoseOverlayOptions Overlay { get; init; } = new();
}
