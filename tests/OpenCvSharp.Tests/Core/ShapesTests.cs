using FsCheck;
using FsCheck.Fluent;

namespace OpenCvSharp.Tests.Core;

public class ShapesTests
{
    [Fact]
    public void What_two_rectangles_share_lies_in_both() => Prop.ForAll<(byte X, byte Y, byte W, byte H), (byte X, byte Y, byte W, byte H)>((p, q) =>
    {
        var (a, b) = (new Rect(p.X, p.Y, p.W, p.H), new Rect(q.X, q.Y, q.W, q.H));
        var shared = a & b;
        var both = a | b;
        Assert.True(both.Contains(a) && both.Contains(b));
        if (shared.Width > 0 && shared.Height > 0)
            Assert.True(a.Contains(shared) && b.Contains(shared) && a.IntersectsWith(b));
        else
            Assert.False(a.Width > 0 && a.Height > 0 && b.Width > 0 && b.Height > 0 && a.IntersectsWith(b));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rectangle_ends_before_its_right_and_bottom_edge()
    {
        var rect = Rect.FromLTRB(1, 2, 4, 6);
        Assert.Equal(new Rect(1, 2, 3, 4), rect);
        Assert.True(rect.Contains(3, 5));
        Assert.False(rect.Contains(4, 5));
        Assert.Equal(new Rect(2, 4, 3, 4), rect + new Point(1, 2));
    }

    [Fact]
    public void A_colour_is_kept_as_blue_green_red()
    {
        var color = Scalar.FromRgb(10, 20, 30);
        Assert.Equal(new Scalar(30, 20, 10), color);
        Assert.Equal(new Vec3b(30, 20, 10), color.ToVec3b());
        Assert.Throws<ArgumentOutOfRangeException>(() => color[4]);
    }
}
