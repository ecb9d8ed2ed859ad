using System.Numerics;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Where a body stands in a scene, and which way it looks.</summary>
/// <param name="X">Metres to the right in the scene.</param>
/// <param name="Z">Metres along the view.</param>
/// <param name="Heading">Degrees: 0 looks at the camera, 90 to the picture's right, 180 away.</param>
internal readonly record struct Placement(float X, float Z, float Heading)
{
    /// <summary>A point of the body's frame (see <see cref="Body"/>) in the scene.</summary>
    /// <param name="point">In metres.</param>
    /// <param name="rise">Height of the body frame's origin.</param>
    public Vector3 ToScene(Vector3 point, float rise) => Turn(point) + new Vector3(X, rise, Z);

    /// <summary>A direction of the body's frame in the scene.</summary>
    public Vector3 Turn(Vector3 direction)
    {
        var (sine, cosine) = MathF.SinCos(Heading * MathF.PI / 180);
        return new(direction.X * cosine + direction.Z * sine, direction.Y, direction.X * sine - direction.Z * cosine);
    }
}
