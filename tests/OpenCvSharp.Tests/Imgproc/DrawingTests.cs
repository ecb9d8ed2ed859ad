namespace OpenCvSharp.Tests.Imgproc;

public class DrawingTests
{
    private static Mat Canvas(int size = 20) => new(size, size, MatType.CV_8UC1, new Scalar(0));

    private static readonly Point[] Square = [new(5, 5), new(14, 5), new(14, 14), new(5, 14)];

    [Fact]
    public void Polygons_are_filled_with_their_edges()
    {
        using var convex = Canvas();
        Cv2.FillConvexPoly(convex, Square, new Scalar(255));
        Assert.Equal(100, Cv2.CountNonZero(convex));

        using var ring = Canvas();
        Point[] hole = [new(8, 8), new(11, 8), new(11, 11), new(8, 11)];
        Cv2.FillPoly(ring, [Square, hole], new Scalar(255));
        Assert.Equal(0, ring.At<byte>(10, 10));
        Assert.Equal(255, ring.At<byte>(6, 6));

        using var outline = Canvas();
        Cv2.Polylines(outline, [Square], isClosed: true, new Scalar(255));
        Assert.Equal(36, Cv2.CountNonZero(outline));
    }

    [Fact]
    public void Simple_shapes_cover_the_pixels_that_they_should()
    {
        using var canvas = Canvas();
        Cv2.Rectangle(canvas, new Rect(2, 3, 4, 5), new Scalar(255), thickness: -1);
        Assert.Equal(20, Cv2.CountNonZero(canvas));
        canvas.SetTo(new Scalar(0));
        Cv2.Rectangle(canvas, new Point(2, 3), new Point(5, 7), new Scalar(255), thickness: -1);
        Assert.Equal(20, Cv2.CountNonZero(canvas));
        canvas.SetTo(new Scalar(0));
        Cv2.Line(canvas, new Point(0, 4), new Point(9, 4), new Scalar(255));
        Assert.Equal(10, Cv2.CountNonZero(canvas));
        canvas.SetTo(new Scalar(0));
        Cv2.Circle(canvas, new Point(10, 10), 5, new Scalar(255), thickness: -1);
        Assert.InRange(Cv2.CountNonZero(canvas), 70, 100);
        canvas.SetTo(new Scalar(0));
        Cv2.Ellipse(canvas, new Point(10, 10), new Size(8, 2), 0, 0, 360, new Scalar(255), thickness: -1);
        Assert.Equal(new Rect(2, 8, 17, 5), Cv2.BoundingRect(canvas));
    }

    [Fact]
    public void Text_takes_the_room_that_was_measured()
    {
        using var canvas = new Mat(60, 200, MatType.CV_8UC1, new Scalar(0));
        var size = Cv2.GetTextSize("road", HersheyFonts.HersheySimplex, 1, 1, out var baseLine);
        Assert.True(size.Width > 20 && baseLine > 0);
        Cv2.PutText(canvas, "road", new Point(5, 40), HersheyFonts.HersheySimplex, 1, new Scalar(255));
        var drawn = Cv2.BoundingRect(canvas);
        Assert.InRange(drawn.Width, size.Width - 8, size.Width + 2);
    }

    [Fact]
    public void Contours_are_found_measured_and_drawn_again()
    {
        using var canvas = Canvas();
        Cv2.FillConvexPoly(canvas, Square, new Scalar(255));
        canvas.At<byte>(9, 9) = 0;
        Cv2.FindContours(canvas, out var contours, out var hierarchy, RetrievalModes.Tree, ContourApproximationModes.ApproxSimple);
        Assert.Equal(2, contours.Length);
        Assert.Equal((-1, 1), (hierarchy[0].Parent, hierarchy[0].Child));
        Assert.Equal(0, hierarchy[1].Parent);
        Assert.Equal(Square.ToHashSet(), contours[0].ToHashSet());
        Assert.Equal(81, Cv2.ContourArea(contours[0]));
        Assert.Equal(36, Cv2.ArcLength(contours[0], closed: true));
        Assert.Equal(new Rect(5, 5, 10, 10), Cv2.BoundingRect(contours[0]));

        using var again = Canvas();
        Cv2.DrawContours(again, contours, 0, new Scalar(255), thickness: -1);
        Assert.Equal(100, Cv2.CountNonZero(again));
        Assert.Throws<OpenCVException>(() => Cv2.DrawContours(again, contours, 2, new Scalar(255)));
    }

    [Fact]
    public void A_curve_is_thinned_out_to_its_corners()
    {
        Point[] curve = [new(0, 0), new(5, 0), new(10, 0), new(10, 5), new(10, 10), new(0, 10)];
        Assert.Equal(4, Cv2.ApproxPolyDP(curve, 1, closed: true).Length);
        Assert.Equal(100, Cv2.ContourArea([new Point2f(0, 0), new Point2f(10, 0), new Point2f(10, 10), new Point2f(0, 10)]));
    }

    [Fact]
    public void Connected_areas_are_numbered_and_measured()
    {
        using var canvas = Canvas();
        Cv2.Rectangle(canvas, new Rect(1, 1, 3, 2), new Scalar(255), thickness: -1);
        Cv2.Rectangle(canvas, new Rect(10, 10, 4, 4), new Scalar(255), thickness: -1);
        using var labels = new Mat();
        using var stats = new Mat();
        using var centroids = new Mat();
        Assert.Equal(3, Cv2.ConnectedComponentsWithStats(canvas, labels, stats, centroids));
        Assert.Equal((6, 16), (stats.At<int>(1, (int)ConnectedComponentsTypes.Area), stats.At<int>(2, (int)ConnectedComponentsTypes.Area)));
        Assert.Equal(11.5, centroids.At<double>(2, 0));
        Assert.Equal(2, labels.At<int>(12, 12));
        Assert.Equal(3, Cv2.ConnectedComponents(canvas, labels));
    }
}
