using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>The outlines of areas that are not 0.</summary>
    public static unsafe void FindContours(
        InputArray image, out Point[][] contours, out HierarchyIndex[] hierarchy, RetrievalModes mode, ContourApproximationModes method,
        Point? offset = null)
    {
        NativeMethods.Check(NativeMethods.ocv_find_contours(
            In(image), mode, method, offset ?? default, out var found, out var count, out var total));
        using (found)
        {
            var lengths = new int[count];
            var points = new Point[total];
            var links = new Vec4i[count];
            fixed (int* lengthsPointer = lengths)
            fixed (Point* pointsPointer = points)
            fixed (Vec4i* linksPointer = links)
                NativeMethods.Check(NativeMethods.ocv_contours_copy(found, lengthsPointer, pointsPointer, (int*)linksPointer));

            contours = new Point[count][];
            var start = 0;
            for (var i = 0; i < count; i++)
            {
                contours[i] = points[start..(start + lengths[i])];
                start += lengths[i];
            }
            hierarchy = Array.ConvertAll(links, link => new HierarchyIndex(link.Item0, link.Item1, link.Item2, link.Item3));
        }
    }

    /// <inheritdoc cref="FindContours"/>
    public static Point[][] FindContoursAsArray(
        InputArray image, RetrievalModes mode, ContourApproximationModes method, Point? offset = null)
    {
        FindContours(image, out var contours, out _, mode, method, offset);
        return contours;
    }

    /// <param name="contourIdx">Which one; below 0: all.</param>
    /// <param name="maxLevel">How deep into <paramref name="hierarchy"/>, where it is given.</param>
    public static unsafe void DrawContours(
        InputOutputArray image, IEnumerable<IEnumerable<Point>> contours, int contourIdx, Scalar color, int thickness = 1,
        LineTypes lineType = LineTypes.Link8, IEnumerable<HierarchyIndex>? hierarchy = null, int maxLevel = int.MaxValue, Point? offset = null)
    {
        var lists = new PointLists(contours);
        var links = hierarchy?.Select(h => new Vec4i(h.Next, h.Previous, h.Child, h.Parent)).ToArray();
        if (links is not null && links.Length != lists.Lengths.Length)
            throw new ArgumentException($"There are {lists.Lengths.Length} contours and {links.Length} entries.", nameof(hierarchy));
        fixed (Point* points = lists.Points)
        fixed (int* lengths = lists.Lengths)
        fixed (Vec4i* linksPointer = links)
        {
            NativeMethods.Check(NativeMethods.ocv_draw_contours(
                Out(image), points, lengths, lists.Lengths.Length, contourIdx, color, thickness, lineType, (int*)linksPointer, maxLevel,
                offset ?? default));
        }
    }

    /// <summary>Area within a curve; with <paramref name="oriented"/> below 0 for one that runs counter-clockwise.</summary>
    public static double ContourArea(InputArray contour, bool oriented = false)
    {
        NativeMethods.Check(NativeMethods.ocv_contour_area(In(contour), oriented ? 1 : 0, out var area));
        return area;
    }

    public static double ContourArea(IEnumerable<Point> contour, bool oriented = false) => WithCurve(contour, c => ContourArea(c, oriented));

    public static double ContourArea(IEnumerable<Point2f> contour, bool oriented = false) => WithCurve(contour, c => ContourArea(c, oriented));

    public static double ArcLength(InputArray curve, bool closed)
    {
        NativeMethods.Check(NativeMethods.ocv_arc_length(In(curve), closed ? 1 : 0, out var length));
        return length;
    }

    public static double ArcLength(IEnumerable<Point> curve, bool closed) => WithCurve(curve, c => ArcLength(c, closed));

    public static double ArcLength(IEnumerable<Point2f> curve, bool closed) => WithCurve(curve, c => ArcLength(c, closed));

    /// <summary>The smallest upright rectangle around points, or around the pixels of an image that are not 0.</summary>
    public static Rect BoundingRect(InputArray curve)
    {
        NativeMethods.Check(NativeMethods.ocv_bounding_rect(In(curve), out var rect));
        return rect;
    }

    public static Rect BoundingRect(IEnumerable<Point> curve) => WithCurve(curve, BoundingRect);

    public static Rect BoundingRect(IEnumerable<Point2f> curve) => WithCurve(curve, BoundingRect);

    /// <summary>Fewer points that stay within <paramref name="epsilon"/> pixels of the curve (Douglas–Peucker).</summary>
    public static void ApproxPolyDP(InputArray curve, OutputArray approxCurve, double epsilon, bool closed) =>
        NativeMethods.Check(NativeMethods.ocv_approx_poly_dp(In(curve), Out(approxCurve), epsilon, closed ? 1 : 0));

    /// <inheritdoc cref="ApproxPolyDP(InputArray, OutputArray, double, bool)"/>
    public static Point[] ApproxPolyDP(IEnumerable<Point> curve, double epsilon, bool closed) => Approximate(curve, epsilon, closed);

    /// <inheritdoc cref="ApproxPolyDP(InputArray, OutputArray, double, bool)"/>
    public static Point2f[] ApproxPolyDP(IEnumerable<Point2f> curve, double epsilon, bool closed) => Approximate(curve, epsilon, closed);

    /// <summary>Numbers the connected areas that are not 0 from 1 on; 0 is the rest.</summary>
    /// <returns>The number of labels, with that of the rest.</returns>
    public static int ConnectedComponents(
        InputArray image, OutputArray labels, PixelConnectivity connectivity = PixelConnectivity.Connectivity8)
    {
        NativeMethods.Check(NativeMethods.ocv_connected_components(
            In(image), Out(labels), MatHandle.None, MatHandle.None, connectivity, MatType.CV_32S, out var count));
        return count;
    }

    /// <inheritdoc cref="ConnectedComponents"/>
    /// <param name="stats">int32, one row a label; columns are <see cref="ConnectedComponentsTypes"/>.</param>
    /// <param name="centroids">float64, one row (x, y) a label.</param>
    public static int ConnectedComponentsWithStats(
        InputArray image, OutputArray labels, OutputArray stats, OutputArray centroids,
        PixelConnectivity connectivity = PixelConnectivity.Connectivity8)
    {
        NativeMethods.Check(NativeMethods.ocv_connected_components(
            In(image), Out(labels), Out(stats), Out(centroids), connectivity, MatType.CV_32S, out var count));
        return count;
    }

    private static TResult WithCurve<T, TResult>(IEnumerable<T> curve, Func<InputArray, TResult> use) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(curve);
        var points = curve.ToArray();
        // OpenCV gives 0 for no points, and FromArray makes no empty matrix.
        using var mat = points.Length == 0 ? new Mat(0, 1, PixelTypes.Of<T>()) : Mat.FromArray(points);
        return use(mat);
    }

    private static T[] Approximate<T>(IEnumerable<T> curve, double epsilon, bool closed) where T : unmanaged => WithCurve(curve, points =>
    {
        using var result = new Mat();
        ApproxPolyDP(points, result, epsilon, closed);
        return MemoryMarshal.Cast<byte, T>(result.AsSpan<byte>()).ToArray();
    });
}
