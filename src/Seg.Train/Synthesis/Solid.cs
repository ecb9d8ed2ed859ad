using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>
/// A thing of flat faces, turned and placed in the street; its faces are painted from the farthest to the nearest, those that look away not
/// at all.
/// </summary>
internal sealed class Solid(Vector3 place, float headingDegrees, byte label)
{
    private readonly List<Side> sides = [];
    private readonly float sine = MathF.Sin(headingDegrees * MathF.PI / 180), cosine = MathF.Cos(headingDegrees * MathF.PI / 180);

    /// <summary>A face with what is painted on it.</summary>
    private sealed record Side(Vector3[] Corners, SKColor Color, float Gloss)
    {
        public List<(Vector3[] Corners, SKColor Color, bool Glows)> Details { get; } = [];
    }

    /// <summary>From the thing's own metres (x to its right, y up, z forward, from the middle of its foot) to the street's.</summary>
    public Vector3 ToStreet(Vector3 point) =>
        place + new Vector3(point.X * cosine + point.Z * sine, point.Y, -point.X * sine + point.Z * cosine);

    /// <param name="color">Its own colour.</param>
    /// <param name="gloss">How much of the sky it reflects, 0–1.</param>
    /// <param name="corners">In order around it.</param>
    public void Add(SKColor color, float gloss, params ReadOnlySpan<Vector3> corners) =>
        sides.Add(new Side(ToStreet(corners), color, gloss));

    /// <summary>Something flat on the face added last.</summary>
    /// <param name="color">Its own colour.</param>
    /// <param name="glows">Whether it shines by itself instead of taking the scene's light.</param>
    /// <param name="corners">In order around it.</param>
    public void Detail(SKColor color, bool glows, params ReadOnlySpan<Vector3> corners) =>
        sides[^1].Details.Add((ToStreet(corners), color, glows));

    public void Draw(ScenePainter painter)
    {
        var eye = new Vector3(painter.Camera.X, painter.Camera.Height, painter.Camera.Z);
        var center = place + new Vector3(0, 0.7f, 0);
        foreach (var side in sides.OrderByDescending(side => Vector3.DistanceSquared(Middle(side.Corners), eye)))
        {
            var middle = Middle(side.Corners);
            var normal = Normal(side.Corners, middle - center);
            // The bend of the road turns faces a little, so those seen edge-on stay.
            if (Vector3.Dot(normal, Vector3.Normalize(middle - eye)) > 0.04f)
                continue;
            painter.Face(side.Corners, Tint.Mix(painter.Lit(side.Color, normal), painter.Light.SkyHorizon,
                side.Gloss * (0.3f + 0.7f * Math.Max(0, normal.Y))), label);
            foreach (var (corners, color, glows) in side.Details)
                painter.Face(corners, glows ? color : painter.Lit(color, normal));
        }
    }

    private Vector3[] ToStreet(ReadOnlySpan<Vector3> corners)
    {
        var placed = new Vector3[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            placed[i] = ToStreet(corners[i]);
        return placed;
    }

    private static Vector3 Middle(Vector3[] corners)
    {
        var sum = Vector3.Zero;
        foreach (var corner in corners)
            sum += corner;
        return sum / corners.Length;
    }

    private static Vector3 Normal(Vector3[] corners, Vector3 outward)
    {
        var normal = Vector3.Zero;
        for (var i = 0; i < corners.Length; i++)
            normal += Vector3.Cross(corners[i], corners[(i + 1) % corners.Length]);
        normal = normal.LengthSquared() > 0 ? Vector3.Normalize(normal) : Vector3.UnitY;
        return Vector3.Dot(normal, outward) < 0 ? -normal : normal;
    }
}
