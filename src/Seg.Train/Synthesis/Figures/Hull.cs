using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>The outline around circles in the picture.</summary>
internal static class Hull
{
    private const int Corners = 20;                        // of one circle

    /// <summary>The convex hull of the spheres as the camera sees them, in pixels.</summary>
    public static List<SKPoint> Of(Camera camera, ReadOnlySpan<Sphere> spheres)
    {
        List<SKPoint> points = new(spheres.Length * Corners);
        foreach (var sphere in spheres)
        {
            var (middle, radius) = (camera.Project(sphere.Center), Radius(camera, sphere));
            for (var i = 0; i < Corners; i++)
            {
                var (sine, cosine) = MathF.SinCos(i * MathF.Tau / Corners);
                points.Add(new(middle.X + radius * cosine, middle.Y + radius * sine));
            }
        }
        return Convex(points);
    }

    /// <summary>Radius of a sphere in pixels.</summary>
    public static float Radius(Camera camera, Sphere sphere) =>
        sphere.Radius * camera.Scale(Math.Max(camera.Depth(sphere.Center.Z), Camera.Near));

    /// <summary>The convex hull by Andrew's monotone chain, clockwise in the picture.</summary>
    public static List<SKPoint> Convex(List<SKPoint> points)
    {
        points.Sort((a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        List<SKPoint> hull = [];
        foreach (var upper in (ReadOnlySpan<bool>)[true, false])
        {
            var start = hull.Count;
            foreach (var point in upper ? points : Enumerable.Reverse(points))
            {
                while (hull.Count >= start + 2 && Turn(hull[^2], hull[^1], point) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }
            hull.RemoveAt(hull.Count - 1);
        }
        return hull;
    }

    private static float Turn(SKPoint a, SKPoint b, SKPoint c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
}
