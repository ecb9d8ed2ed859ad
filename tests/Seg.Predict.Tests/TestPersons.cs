using Seg.Models;

namespace Seg.Predict.Tests;

/// <summary>Persons with COCO's keypoints whose places are known.</summary>
internal static class TestPersons
{
    // Of a person one unit high, who stands upright with bent arms: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles; left before right.
    private static readonly (double X, double Y)[] Figure =
    [
        (0, 0.1), (0.02, 0.08), (-0.02, 0.08), (0.05, 0.09), (-0.05, 0.09), (0.11, 0.2), (-0.11, 0.2), (0.2, 0.34), (-0.17, 0.35), (0.13, 0.46), (-0.24, 0.47),
        (0.07, 0.5), (-0.07, 0.5), (0.09, 0.72), (-0.06, 0.73), (0.08, 0.95), (-0.12, 0.94),
    ];

    public static KeypointSet Coco { get; } = KeypointSet.Read("coco");

    /// <param name="x">The person's middle.</param>
    /// <param name="top">Of the head.</param>
    /// <param name="height">From head to foot.</param>
    /// <param name="lean">Degrees, to the right.</param>
    /// <param name="scoreOf">Of each keypoint; 0.9 where it is not given.</param>
    public static Person Standing(double x, double top, double height, double lean = 0, float score = 0.9f, Func<int, float>? scoreOf = null)
    {
        var (sin, cos) = Math.SinCos(lean * Math.PI / 180);
        Keypoint[] joints = [.. Figure.Select((joint, index) =>
        {
            var (along, down) = (joint.X * height, (joint.Y - 0.5) * height);
            return new Keypoint(
                (float)(x + along * cos - down * sin), (float)(top + height / 2 + along * sin + down * cos), scoreOf?.Invoke(index) ?? 0.9f);
        })];
        float left = joints.Min(joint => joint.X), right = joints.Max(joint => joint.X), up = joints.Min(joint => joint.Y), down = joints.Max(joint => joint.Y);
        var margin = (float)height * 0.08f;
        return new Person
        {
            Keypoints = joints,
            Box = new PersonBox(left - margin, up - margin, right - left + 2 * margin, down - up + 2 * margin),
            Score = score,
        };
    }
}
