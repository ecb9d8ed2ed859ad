using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>
/// A car, van, truck or bus that stands or drives: where it is, its shadows and its wheels. Its body is a <see cref="VehicleBody"/>.
/// </summary>
internal sealed class Vehicle : ISceneItem
{
    private readonly VehicleBody body;
    private readonly float x, z, heading, speed;

    /// <param name="body">What it looks like.</param>
    /// <param name="x">Middle, in metres from the road's middle.</param>
    /// <param name="z">Middle along the road.</param>
    /// <param name="heading">Degrees from driving away, clockwise from above: 180 comes towards the camera.</param>
    /// <param name="speed">Along the road in m/s, negative towards the camera.</param>
    public Vehicle(VehicleBody body, float x, float z, float heading, float speed) =>
        (this.body, this.x, this.z, this.heading, this.speed) = (body, x, z, heading, speed);

    public float Far(float seconds) => z + speed * seconds;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var run = ShadowOutline.PerMetre(painter.Light) * body.Height * 0.9f;
        var foot = Foot(seconds, 0.95f);
        for (var i = 0; i < 4; i++)
        {
            var (a, b) = (foot[i], foot[(i + 1) % 4]);
            ShadowOutline.Add(painter, outline, [a, b, b + run, a + run]);
        }
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        var depth = painter.Camera.Depth(Far(seconds));
        if (depth < -body.Length || depth > 120)
            return;
        foreach (var (grown, alpha) in (ReadOnlySpan<(float, int)>)[(1.16f, 50), (1.05f, 90), (0.97f, 130)])
        {
            var foot = Foot(seconds, grown);
            painter.Face(Array.ConvertAll(foot, corner => new Vector3(corner.X, 0.005f, corner.Y)), new SKColor(8, 9, 14, (byte)alpha));
        }
        Solid solid = new(new Vector3(x, 0, Far(seconds)), heading, body.Label);
        body.Build(solid, painter, painter.Camera.Scale(Math.Max(depth, 1)) > 7);
        solid.Draw(painter);
    }

    private Vector2[] Foot(float seconds, float grown)
    {
        Solid frame = new(new Vector3(x, 0, Far(seconds)), heading, body.Label);
        var (w, l) = (body.Width / 2 * grown, body.Length / 2 * grown);
        return Array.ConvertAll([new(-w, 0, -l), new(w, 0, -l), new(w, 0, l), new Vector3(-w, 0, l)], corner =>
        {
            var placed = frame.ToStreet(corner);
            return new Vector2(placed.X, placed.Z);
        });
    }
}
