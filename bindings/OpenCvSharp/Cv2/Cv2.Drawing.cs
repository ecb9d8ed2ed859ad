using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <remarks>In the drawing functions a negative thickness fills, and points carry <c>shift</c> fractional bits.</remarks>
public static partial class Cv2
{
    public static void Line(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(NativeMethods.ocv_line(Out(img), pt1, pt2, color, thickness, lineType, shift));

    public static void Line(
        InputOutputArray img, int pt1X, int pt1Y, int pt2X, int pt2Y, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8,
        int shift = 0) =>
        Line(img, new Point(pt1X, pt1Y), new Point(pt2X, pt2Y), color, thickness, lineType, shift);

    /// <summary>Both corners lie on the rectangle.</summary>
    public static void Rectangle(
        InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(NativeMethods.ocv_rectangle(Out(img), pt1, pt2, color, thickness, lineType, shift));

    public static void Rectangle(
        InputOutputArray img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(NativeMethods.ocv_rectangle_area(Out(img), rect, color, thickness, lineType, shift));

    public static void Rectangle(
        Mat img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Rectangle((InputOutputArray)img, pt1, pt2, color, thickness, lineType, shift);

    public static void Rectangle(
        Mat img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Rectangle((InputOutputArray)img, rect, color, thickness, lineType, shift);

    public static void Circle(
        InputOutputArray img, Point center, int radius, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(NativeMethods.ocv_circle(Out(img), center, radius, color, thickness, lineType, shift));

    public static void Circle(
        InputOutputArray img, int centerX, int centerY, int radius, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8,
        int shift = 0) =>
        Circle(img, new Point(centerX, centerY), radius, color, thickness, lineType, shift);

    /// <param name="axes">Half the width and half the height.</param>
    /// <param name="angle">Turn of the ellipse in degrees, clockwise; start and end angle of the arc likewise.</param>
    public static void Ellipse(
        InputOutputArray img, Point center, Size axes, double angle, double startAngle, double endAngle, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        NativeMethods.Check(NativeMethods.ocv_ellipse(
            Out(img), center, axes, angle, startAngle, endAngle, color, thickness, lineType, shift));

    public static unsafe void Polylines(
        Mat img, IEnumerable<IEnumerable<Point>> pts, bool isClosed, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8,
        int shift = 0)
    {
        var lists = new PointLists(pts);
        fixed (Point* points = lists.Points)
        fixed (int* lengths = lists.Lengths)
        {
            NativeMethods.Check(NativeMethods.ocv_polylines(
                In(img), points, lengths, lists.Lengths.Length, isClosed ? 1 : 0, color, thickness, lineType, shift));
        }
    }

    /// <summary>Fills polygons; where two overlap nothing is filled, so that holes can be drawn.</summary>
    public static unsafe void FillPoly(
        Mat img, IEnumerable<IEnumerable<Point>> pts, Scalar color, LineTypes lineType = LineTypes.Link8, int shift = 0, Point? offset = null)
    {
        var lists = new PointLists(pts);
        fixed (Point* points = lists.Points)
        fixed (int* lengths = lists.Lengths)
        {
            NativeMethods.Check(NativeMethods.ocv_fill_poly(
                In(img), points, lengths, lists.Lengths.Length, color, lineType, shift, offset ?? default));
        }
    }

    public static unsafe void FillConvexPoly(
        Mat img, IEnumerable<Point> pts, Scalar color, LineTypes lineType = LineTypes.Link8, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(pts);
        var corners = pts.ToArray();
        fixed (Point* points = corners)
            NativeMethods.Check(NativeMethods.ocv_fill_convex_poly(In(img), points, corners.Length, color, lineType, shift));
    }

    public static void PutText(
        InputOutputArray img, string text, Point org, HersheyFonts fontFace, double fontScale, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, bool bottomLeftOrigin = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        NativeMethods.Check(NativeMethods.ocv_put_text(
            Out(img), text, org, fontFace, fontScale, color, thickness, lineType, bottomLeftOrigin ? 1 : 0));
    }

    /// <param name="baseLine">How far the text reaches below its origin, in pixels.</param>
    public static Size GetTextSize(string text, HersheyFonts fontFace, double fontScale, int thickness, out int baseLine)
    {
        ArgumentNullException.ThrowIfNull(text);
        NativeMethods.Check(NativeMethods.ocv_get_text_size(text, fontFace, fontScale, thickness, out var size, out baseLine));
        return size;
    }
}
