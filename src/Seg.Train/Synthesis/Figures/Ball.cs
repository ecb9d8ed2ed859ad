using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A ball on the ground or a balloon above it: round as heads are, in any colour.</summary>
internal sealed class Ball(Sphere sphere, float floor, SKColor color) : ISceneItem
{
    public float Far(float seconds) => sphere.Center.Z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) => ShadowOutline.AddSpot(painter, outline,
        new Vector2(sphere.Center.X, sphere.Center.Z) + ShadowOutline.PerMetre(painter.Light) * (sphere.Center.Y - floor),
        sphere.Radius * 1.2f, sphere.Radius);

    public void Draw(ScenePainter painter, float seconds)
    {
        var light = painter.Light;
        var (middle, radius) = (painter.Camera.Project(sphere.Center), Hull.Radius(painter.Camera, sphere));
        var toSun = Vector2.Normalize(new(light.ToSun.X, -light.ToSun.Y));
        painter.Shape([.. Hull.Of(painter.Camera, [sphere])], new(middle.X - toSun.X * radius, middle.Y - toSun.Y * radius),
            Tint.Times(color, light.Ambient * 0.7f), new(middle.X + toSun.X * radius, middle.Y + toSun.Y * radius),
            Tint.Times(color, light.Ambient + light.Sun * 0.9f), CityscapesId.Wall);
    }
}
