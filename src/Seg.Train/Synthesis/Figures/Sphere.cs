using System.Numerics;

namespace Seg.Train.Synthesis.Figures;

/// <summary>What bodies are made of: a part is the convex hull of some of them.</summary>
/// <param name="Center">In metres.</param>
/// <param name="Radius">In metres.</param>
internal readonly record struct Sphere(Vector3 Center, float Radius)
{
    public static Sphere Lerp(Sphere a, Sphere b, float t) => new(Vector3.Lerp(a.Center, b.Center, t), float.Lerp(a.Radius, b.Radius, t));
}
