using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>Fills polygons: a pixel belongs to one if its centre does, by the even-odd rule.</summary>
/// <remarks>
/// Two polygons that share an edge share no pixel and leave none between them. OpenCV and PIL draw the outline as well, which makes every
/// region up to a pixel too wide; pycocotools rounds vertices to fifths of a pixel, and differs from this in border pixels alone.
/// </remarks>
internal static class PolygonFill
{
    /// <param name="mask">CV_8UC1; what lies outside of it is left out.</param>
    /// <param name="ring">x, y, x, y, …, in pixels.</param>
    public static void Fill(Mat mask, ReadOnlySpan<double> ring, byte value)
    {
        if (ring.Length < 6)
            return;
        double top = double.PositiveInfinity, bottom = double.NegativeInfinity;
        for (var i = 1; i < ring.Length; i += 2)
            (top, bottom) = (Math.Min(top, ring[i]), Math.Max(bottom, ring[i]));
        var crossings = new List<double>();
        for (int y = Math.Max(0, FirstCentre(top)), end = Math.Min(mask.Rows, FirstCentre(bottom)); y < end; y++)
        {
            Cross(ring, y + 0.5, crossings);
            var row = mask.RowBytes(y);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                int first = Math.Clamp(FirstCentre(crossings[i]), 0, mask.Cols), next = Math.Clamp(FirstCentre(crossings[i + 1]), first, mask.Cols);
                row[first..next].Fill(value);
            }
        }
        GC.KeepAlive(mask);
    }

    /// <summary>The area that a ring encloses, in pixels; 0 of a line.</summary>
    public static double Area(ReadOnlySpan<double> ring)
    {
        double twice = 0;
        for (int i = 0, before = ring.Length - 2; i < ring.Length; before = i, i += 2)
            twice += ring[before] * ring[i + 1] - ring[i] * ring[before + 1];
        return Math.Abs(twice) / 2;
    }

    /// <summary>Where a horizontal line meets the ring, in order.</summary>
    private static void Cross(ReadOnlySpan<double> ring, double y, List<double> crossings)
    {
        crossings.Clear();
        for (int i = 0, before = ring.Length - 2; i < ring.Length; before = i, i += 2)
        {
            double fromY = ring[before + 1], toY = ring[i + 1];
            if (fromY <= y != toY <= y)
                crossings.Add(ring[before] + (y - fromY) / (toY - fromY) * (ring[i] - ring[before]));
        }
        crossings.Sort();
    }

    /// <summary>The first pixel whose centre is at this position or behind it.</summary>
    private static int FirstCentre(double position) => (int)Math.Clamp(Math.Ceiling(position - 0.5), -1, int.MaxValue - 1);
}
