using System.Numerics;

namespace Seg.Train.Synthesis.Figures;

/// <summary>The part of a sphere about an axis, such as hair on a head, as it is seen.</summary>
internal static class SphereCap
{
    private const int Samples = 48;

    /// <summary>The outline of the visible part in order around it; none when it lies on the far side.</summary>
    /// <param name="sphere">In the scene.</param>
    /// <param name="axis">To the cap's middle, of length 1.</param>
    /// <param name="edge">Cosine of the angle between the axis and the cap's edge.</param>
    /// <param name="toEye">From the sphere to the camera, of length 1.</param>
    public static List<Vector3> Outline(Sphere sphere, Vector3 axis, float edge, Vector3 toEye)
    {
        // The visible part is bounded by the sphere's own outline where that lies in the cap, and by the cap's edge where that is in front.
        var rim = Run(Circle(toEye, 0), direction => Vector3.Dot(direction, axis) > edge);
        var brim = Run(Circle(axis, edge), direction => Vector3.Dot(direction, toEye) > 0);
        if (rim.Count > 0 && brim.Count > 0 && Vector3.DistanceSquared(rim[^1], brim[0]) > Vector3.DistanceSquared(rim[^1], brim[^1]))
            brim.Reverse();
        rim.AddRange(brim);
        return rim.ConvertAll(direction => sphere.Center + sphere.Radius * direction);
    }

    /// <summary>Directions at an angle, given by its cosine, around an axis.</summary>
    private static Vector3[] Circle(Vector3 axis, float cosine)
    {
        var across = Vector3.Normalize(Vector3.Cross(axis, MathF.Abs(axis.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX));
        var other = Vector3.Cross(axis, across);
        var radius = MathF.Sqrt(1 - cosine * cosine);
        var directions = new Vector3[Samples];
        for (var i = 0; i < Samples; i++)
        {
            var (sine, turn) = MathF.SinCos(i * MathF.Tau / Samples);
            directions[i] = axis * cosine + radius * (across * turn + other * sine);
        }
        return directions;
    }

    /// <summary>Those that pass, from the first after one that does not.</summary>
    private static List<Vector3> Run(Vector3[] circle, Predicate<Vector3> passes)
    {
        var gap = Array.FindIndex(circle, direction => !passes(direction));
        return [.. Enumerable.Range(gap + 1, Samples).Select(i => circle[i % Samples]).Where(direction => passes(direction))];
    }
}
