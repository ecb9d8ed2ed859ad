using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>A predicted person, as COCO's keypoint evaluation sees it. Coordinates are image pixels.</summary>
public sealed record DetectedPerson
{
    public required long ImageId { get; init; }

    /// <summary>Default 1, COCO's person.</summary>
    public long CategoryId { get; init; } = 1;

    /// <summary>x, y and score of each keypoint in turn; the scores count nowhere.</summary>
    public required double[] Keypoints { get; init; }

    /// <summary>How sure the tool is of this person: detections are ranked by it.</summary>
    public required double Score { get; init; }

    /// <summary>In pixels²: an unmatched detection is a false alarm in the area ranges that hold it. Default: <see cref="ExtentOf"/> the keypoints.</summary>
    public double? Area { get; init; }

    internal double EffectiveArea => Area ?? ExtentOf(Keypoints);

    /// <summary>A person that was predicted in image pixels.</summary>
    internal static DetectedPerson Of(Person person, long imageId, long categoryId) => new()
    {
        ImageId = imageId,
        CategoryId = categoryId,
        Keypoints = Oks.JointsOf(person),
        Score = person.Score,
    };

    /// <summary>Area of the box around all keypoints, as <c>COCO.loadRes</c> has it for results without boxes.</summary>
    public static double ExtentOf(ReadOnlySpan<double> keypoints)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        for (var at = 0; at + 1 < keypoints.Length; at += Oks.Stride)
        {
            (left, right) = (Math.Min(left, keypoints[at]), Math.Max(right, keypoints[at]));
            (top, bottom) = (Math.Min(top, keypoints[at + 1]), Math.Max(bottom, keypoints[at + 1]));
        }
        return keypoints.Length == 0 ? 0 : (right - left) * (bottom - top);
    }
}
