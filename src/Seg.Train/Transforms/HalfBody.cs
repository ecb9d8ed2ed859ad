using Seg.Models;

namespace Seg.Train.Transforms;

/// <summary>Chooses the part of an image that shows a person's upper or lower half: <c>half_body_transform</c> of the official HRNet code.</summary>
/// <param name="aspect">Width of the network's input over its height.</param>
internal sealed class HalfBody(HalfBodyConfig config, KeypointSet keypoints, double aspect)
{
    /// <summary>Share of the halves that are upper ones, where both can be: the authors draw a normal number below 0.5.</summary>
    private const double UpperShare = 0.6914624612740131;

    /// <summary>What the extent of the half's keypoints is multiplied by.</summary>
    private const double Padding = 1.5;

    /// <summary>A half with no more keypoints than this is not chosen where the other can be.</summary>
    private const int Few = 2;

    private readonly bool[] isUpper = [.. Enumerable.Range(0, keypoints.Count).Select(index => keypoints.UpperBody.Contains(index))];

    /// <param name="points">In image pixels.</param>
    /// <param name="random">Two numbers are taken, whatever comes of them.</param>
    /// <returns>Middle and width of the part, in image pixels; null where the body stays whole.</returns>
    public (double X, double Y, double Width)? Draw(ReadOnlySpan<LabelledKeypoint> points, ref SplitMix64 random)
    {
        var isHalved = random.NextDouble() < config.Probability;
        var wantsUpper = random.NextDouble() < UpperShare;
        int upper = Count(points, isUpperHalf: true), lower = Count(points, isUpperHalf: false);
        if (!isHalved || keypoints.UpperBody.Length == 0 || upper + lower <= config.Keypoints)
            return null;
        var chosen = wantsUpper && upper > Few || lower <= Few;
        return (chosen ? upper : lower) < 2 ? null : Around(points, chosen);
    }

    private int Count(ReadOnlySpan<LabelledKeypoint> points, bool isUpperHalf)
    {
        var count = 0;
        for (var i = 0; i < points.Length; i++)
            count += points[i].IsLabelled && isUpper[i] == isUpperHalf ? 1 : 0;
        return count;
    }

    private (double X, double Y, double Width)? Around(ReadOnlySpan<LabelledKeypoint> points, bool isUpperHalf)
    {
        double sumX = 0, sumY = 0, count = 0;
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (var i = 0; i < points.Length; i++)
        {
            if (!points[i].IsLabelled || isUpper[i] != isUpperHalf)
                continue;
            var (x, y) = (points[i].X, points[i].Y);
            (sumX, sumY, count) = (sumX + x, sumY + y, count + 1);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }
        var width = Math.Max(right - left, (bottom - top) * aspect) * Padding;
        // All in one place: there is no part to cut out.
        return width > 0 ? (sumX / count, sumY / count, width) : null;
    }
}
