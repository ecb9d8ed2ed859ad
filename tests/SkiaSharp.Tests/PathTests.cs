using FsCheck;
using FsCheck.Fluent;

namespace SkiaSharp.Tests;

public class PathTests
{
    [Fact]
    public void Bounds_hold_every_point() => Prop.ForAll(
        Gen.Choose(-500, 500).Two().Select(p => new SKPoint(p.Item1, p.Item2)).NonEmptyListOf().ToArbitrary(), points =>
        {
            using SKPath path = new();
            path.AddPoly([.. points]);
            var bounds = path.Bounds;
            return points.Count == path.PointCount
                && points.All(p => p.X >= bounds.Left && p.X <= bounds.Right && p.Y >= bounds.Top && p.Y <= bounds.Bottom);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quadratic_curves_pass_where_they_should()
    {
        using Picture picture = new(100, 100);
        using SKPath path = new();
        path.MoveTo(0, 100);
        path.QuadTo(50, -100, 100, 100);                  // the middle of the curve: (50, 0)
        path.Close();
        using SKPaint paint = new();
        picture.Canvas.DrawPath(path, paint);
        Assert.Equal(255, picture[50, 1].Alpha);
        Assert.InRange(picture.Inked, 6560, 6780);        // two thirds of the box around the parabola
    }

    [Fact]
    public void A_quarter_of_an_arc_ends_below_its_centre()
    {
        using SKPath path = new();
        path.AddArc(new SKRect(0, 0, 20, 10), 0, 90);
        Assert.Equal(new SKPoint(20, 5), path.Points[0]);
        Assert.Equal(10, path.LastPoint.X, 4);
        Assert.Equal(10, path.LastPoint.Y, 4);
    }

    [Fact]
    public void A_rounded_corner_touches_both_lines()
    {
        using SKPath path = new();
        path.MoveTo(0, 0);
        path.ArcTo(10, 0, 10, 10, 4);
        Assert.Equal(new SKPoint(6, 0), path.Points[1]);
        Assert.Equal(10, path.LastPoint.X, 4);
        Assert.Equal(4, path.LastPoint.Y, 4);
    }

    [Fact]
    public void A_line_after_closing_starts_where_the_closed_part_did()
    {
        using SKPath path = new();
        path.AddPoly([new(1, 2), new(5, 2), new(5, 6)]);
        Assert.Equal(new SKPoint(1, 2), path.LastPoint);
        path.LineTo(9, 9);
        Assert.Equal(new SKPoint(1, 2), path.Points[3]);
    }

    [Fact]
    public void A_copy_is_moved_by_itself()
    {
        using SKPath path = new();
        path.AddCircle(5, 5, 5);
        using SKPath copy = new(path);
        copy.Offset(10, 0);
        Assert.Equal(0, path.Bounds.Left, 3);
        Assert.Equal(10, copy.Bounds.Left, 3);
        copy.Reset();
        Assert.True(copy.IsEmpty);
        Assert.False(path.IsEmpty);
    }

    [Fact]
    public void Dashes_must_come_in_pairs_and_have_a_length()
    {
        Assert.Throws<ArgumentException>(() => SKPathEffect.CreateDash([1, 2, 3], 0));
        Assert.Throws<ArgumentException>(() => SKPathEffect.CreateDash([0, 0], 0));
        Assert.Throws<ArgumentException>(() => SKPathEffect.CreateDash([-1, 2], 0));
    }
}
