using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial int ocv_find_contours(
        MatHandle image, RetrievalModes mode, ContourApproximationModes method, Point offset, out ContoursHandle contours, out int count,
        out long points);

    [LibraryImport(Library)]
    public static partial int ocv_contours_copy(ContoursHandle contours, int* lengths, Point* points, int* hierarchy);

    [LibraryImport(Library)]
    public static partial void ocv_contours_free(nint contours);

    [LibraryImport(Library)]
    public static partial int ocv_contour_area(MatHandle curve, int oriented, out double area);

    [LibraryImport(Library)]
    public static partial int ocv_arc_length(MatHandle curve, int closed, out double length);

    [LibraryImport(Library)]
    public static partial int ocv_bounding_rect(MatHandle curve, out Rect rect);

    [LibraryImport(Library)]
    public static partial int ocv_approx_poly_dp(MatHandle curve, MatHandle dst, double epsilon, int closed);

    [LibraryImport(Library)]
    public static partial int ocv_connected_components(
        MatHandle image, MatHandle labels, MatHandle stats, MatHandle centroids, PixelConnectivity connectivity, int type, out int count);

    [LibraryImport(Library)]
    public static partial int ocv_line(MatHandle image, Point from, Point to, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_rectangle(
        MatHandle image, Point corner, Point opposite, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_rectangle_area(MatHandle image, Rect area, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_circle(MatHandle image, Point center, int radius, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_ellipse(
        MatHandle image, Point center, Size axes, double angle, double start, double end, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_polylines(
        MatHandle image, Point* points, int* lengths, int count, int closed, Scalar color, int thickness, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_fill_poly(
        MatHandle image, Point* points, int* lengths, int count, Scalar color, LineTypes line, int shift, Point offset);

    [LibraryImport(Library)]
    public static partial int ocv_fill_convex_poly(MatHandle image, Point* points, int count, Scalar color, LineTypes line, int shift);

    [LibraryImport(Library)]
    public static partial int ocv_draw_contours(
        MatHandle image, Point* points, int* lengths, int count, int index, Scalar color, int thickness, LineTypes line, int* hierarchy,
        int maxLevel, Point offset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_put_text(
        MatHandle image, string text, Point origin, HersheyFonts font, double scale, Scalar color, int thickness, LineTypes line,
        int bottomLeftOrigin);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_get_text_size(
        string text, HersheyFonts font, double scale, int thickness, out Size size, out int baseLine);
}
