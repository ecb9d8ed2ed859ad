using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A box that stands on the ground: to sit on, or in the way.</summary>
/// <param name="place">The middle of its foot.</param>
/// <param name="heading">Its turn in degrees.</param>
/// <param name="size">Width, height and length in metres.</param>
/// <param name="color">Without light.</param>
internal sealed class Crate(Vector3 place, float heading, Vector3 size, SKColor color) : ISceneItem
{
    private static readonly (float X, float Z)[] Sides = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    public float Far(float seconds) => place.Z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var run = ShadowOutline.PerMetre(painter.Light) * size.Y;
        List<SKPoint> ground = [];
        foreach (var (x, z) in Sides)
        {
            var corner = At(x - z, 0, z + x);
            ground.Add(new(corner.X, corner.Z));
            ground.Add(new(corner.X + run.X, corner.Z + run.Y));
        }
        ShadowOutline.Add(painter, outline, [.. Hull.Convex(ground).Select(point => new Vector2(point.X, point.Y))]);
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        var eye = new Vector3(painter.Camera.X, painter.Camera.Height, painter.Camera.Z);
        foreach (var (x, z) in Sides)
        {
            var normal = Vector3.Normalize(At(x, 0, z) - place);
            if (Vector3.Dot(normal, eye - At(x, 0.5f, z)) > 0)
                painter.Face([At(x - z, 0, z + x), At(x + z, 0, z - x), At(x + z, 1, z - x), At(x - z, 1, z + x)],
                    painter.Lit(Tint.Times(color, 0.85f), normal), CityscapesId.Wall);
        }
        if (eye.Y > place.Y + size.Y)
            painter.Face([At(-1, 1, -1), At(1, 1, -1), At(1, 1, 1), At(-1, 1, 1)], painter.Lit(color, Vector3.UnitY), CityscapesId.Wall);
    }

    /// <summary>A point by its share of half the width, the height and half the length.</summary>
    private Vector3 At(float x, float y, float z)
    {
        var (sine, cosine) = MathF.SinCos(heading * MathF.PI / 180);
        var (across, along) = (x * size.X / 2, z * size.Z / 2);
        return place + new Vector3(across * cosine + along * sine, y * size.Y, along * cosine - across * sine);
    }
}
