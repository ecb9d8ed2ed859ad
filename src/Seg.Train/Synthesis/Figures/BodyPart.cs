using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A part of a figure: the convex hull of spheres.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Spheres">In the scene's metres.</param>
/// <param name="Color">Without light.</param>
internal sealed record BodyPart(BodyPartKind Kind, Sphere[] Spheres, SKColor Color)
{
    /// <summary>Metres by which it is painted as if it were nearer: clothes lie over what they cover.</summary>
    public float Nearer { get; init; }

    /// <summary>What covers a piece of it, such as a sleeve.</summary>
    public BodyPart? Cover { get; init; }

    /// <summary>Its distance along the view for the order of painting.</summary>
    public float Depth => Spheres.Average(sphere => sphere.Center.Z) - Nearer;
}
