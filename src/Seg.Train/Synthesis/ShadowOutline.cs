using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Where the sun's light on the ground is taken away.</summary>
internal static class ShadowOutline
{
    // A low sun's shadows would run to the horizon.
    private const float Longest = 2.2f;

    /// <summary>How far a shadow runs sideways and along the road for each metre of height.</summary>
    public static Vector2 PerMetre(Light light)
    {
        var run = new Vector2(-light.ToSun.X, -light.ToSun.Z) / light.ToSun.Y;
        return run.Length() > Longest ? run * (Longest / run.Length()) : run;
    }

    /// <summary>Adds a polygon on the ground, by its corners across and along the road.</summary>
    public static void Add(ScenePainter painter, SKPath outline, ReadOnlySpan<Vector2> corners)
    {
        List<SKPoint> points = [];
        var ground = new Vector3[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            ground[i] = new Vector3(corners[i].X, 0, corners[i].Y);
        painter.Camera.Project(ground, points);
        if (points.Count < 3)
            return;
        // All clockwise, so that overlapping shadows join and none cuts a hole into another.
        if (Area(points) < 0)
            points.Reverse();
        outline.AddPoly([.. points]);
    }

    /// <summary>Adds a rounded spot on the ground.</summary>
    public static void AddSpot(ScenePainter painter, SKPath outline, Vector2 center, float radiusX, float radiusZ)
    {
        var corners = new Vector2[14];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = center + new Vector2(cosine * radiusX, sine * radiusZ);
        }
        Add(painter, outline, corners);
    }

    private static float Area(List<SKPoint> points)
    {
        var area = 0f;
        for (var i = 0; i < points.Count; i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Count]);
            area += a.X * b.Y - b.X * a.Y;
        }
        return area;
    }
}
