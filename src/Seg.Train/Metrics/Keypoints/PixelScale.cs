using Seg.Models;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>How many pixels are one unit of a person's size, to the right and downwards: what distances are divided by in PCK and NME.</summary>
/// <remarks>As in mmpose, a person with a 0 in its scale does not count, and a scale below 0 stands for one so large that every keypoint is right.</remarks>
public readonly record struct PixelScale(double X, double Y)
{
    /// <summary>Of a head's size, the share that MPII's PCKh counts.</summary>
    private const double HeadShare = 0.6;

    public PixelScale(double both) : this(both, both) { }

    internal bool Counts => X != 0 && Y != 0;

    /// <summary>The longer side of the person's box: PCK.</summary>
    public static PixelScale OfBox(PersonBox box) => new(Math.Max(box.Width, box.Height));

    /// <summary>0.6 times the diagonal of the head's box: PCKh (Andriluka et al., CVPR 2014).</summary>
    public static PixelScale OfHead(PersonBox head) => new(HeadShare * Math.Sqrt((double)head.Width * head.Width + (double)head.Height * head.Height));

    /// <summary>
    /// The distance of two true keypoints, such as a shoulder and the opposite hip (torso PCK, Yang and Ramanan, TPAMI 2013); 0 where one of them is not
    /// labelled.
    /// </summary>
    public static PixelScale OfSegment(LabelledKeypoint first, LabelledKeypoint second) =>
        new(first.IsLabelled && second.IsLabelled ? double.Hypot((double)first.X - second.X, (double)first.Y - second.Y) : 0);
}
