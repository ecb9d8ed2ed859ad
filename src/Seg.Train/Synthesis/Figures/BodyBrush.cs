using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Paints pieces of one figure in the light of its place: round ones shaded, flat ones evenly lit.</summary>
/// <param name="painter">What is painted with.</param>
/// <param name="depth">How far away the figure is, for the haze.</param>
internal sealed class BodyBrush(ScenePainter painter, float depth)
{
    private readonly Vector3 bright = painter.Light.Ambient + painter.Light.Sun * 0.85f, dark = painter.Light.Ambient * 0.74f;

    public Camera Camera { get; } = painter.Camera;

    /// <summary>Where the camera is.</summary>
    public Vector3 Eye { get; } = new(painter.Camera.X, painter.Camera.Height, painter.Camera.Z);

    /// <summary>The colour of a surface in middling light.</summary>
    public SKColor Lit(SKColor color) => Hazed(Tint.Times(color, (bright + dark) / 2));

    /// <summary>A limb or the like: the hull of spheres, lighter towards the sun, with a faint dark line around it.</summary>
    public void Round(Sphere[] spheres, SKColor color, byte? label)
    {
        var outline = Hull.Of(Camera, spheres).ToArray();
        var (middle, across) = Across(spheres, outline);
        var (from, to) = (middle - across, middle + across);
        painter.Contour(outline, 1.2f, Hazed(Tint.Times(color, dark * 0.6f)).WithAlpha(110));
        painter.Shape(outline, new(from.X, from.Y), Hazed(Tint.Times(color, dark)), new(to.X, to.Y), Hazed(Tint.Times(color, bright)),
            label);
    }

    /// <summary>A small hull of spheres in one colour.</summary>
    public void Bump(Sphere[] spheres, SKColor color, byte? label) => painter.Shape([.. Hull.Of(Camera, spheres)], color, label);

    /// <summary>A flat polygon in a colour as it is to appear.</summary>
    public void Flat(SKColor color, params ReadOnlySpan<Vector3> corners) => painter.Shape(Projected(corners), color);

    /// <inheritdoc cref="Flat(SKColor, ReadOnlySpan{Vector3})"/>
    /// <param name="corners">In pixels of the picture.</param>
    public void Flat(SKColor color, ReadOnlySpan<SKPoint> corners) => painter.Shape(corners, color);

    /// <summary>A polygon that is lighter at its top.</summary>
    public void Shaded(SKColor color, byte label, ReadOnlySpan<Vector3> corners)
    {
        var points = Projected(corners);
        var (top, foot) = (points.MinBy(corner => corner.Y), points.MaxBy(corner => corner.Y));
        painter.Shape(points, top, Tint.Times(color, 1.12f), foot, Tint.Times(color, 0.8f), label);
    }

    /// <summary>Cosine of the angle under which a surface is seen; below 0 from behind.</summary>
    public float Faces(Vector3 place, Vector3 normal) => Vector3.Dot(Vector3.Normalize(normal), Vector3.Normalize(Eye - place));

    /// <summary>The middle of what is shaded, and the way from there to its light side, in pixels.</summary>
    private (Vector2 Middle, Vector2 Across) Across(Sphere[] spheres, SKPoint[] outline)
    {
        var (first, last) = (Camera.Project(spheres[0].Center), Camera.Project(spheres[^1].Center));
        // Light falls across a limb, whichever way that points.
        Vector2 along = new(last.X - first.X, last.Y - first.Y), toSun = new(painter.Light.ToSun.X, -painter.Light.ToSun.Y);
        var across = along.Length() > 1 ? new Vector2(-along.Y, along.X) / along.Length() : Vector2.Normalize(toSun);
        across *= Vector2.Dot(across, toSun) < 0 ? -1 : 1;
        var radius = spheres.Average(sphere => Hull.Radius(Camera, sphere));
        // More than three spheres are a body's trunk or the like, wider than one of them.
        return spheres.Length > 3
            ? (new(outline.Average(point => point.X), outline.Average(point => point.Y)), across * radius * 1.8f)
            : (new((first.X + last.X) / 2, (first.Y + last.Y) / 2), across * radius);
    }

    private SKPoint[] Projected(ReadOnlySpan<Vector3> corners)
    {
        var points = new SKPoint[corners.Length];
        for (var i = 0; i < points.Length; i++)
            points[i] = Camera.Project(corners[i]);
        return points;
    }

    private SKColor Hazed(SKColor color) => painter.Hazed(color, depth);
}
