using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>The sky with its clouds, and the sun's glow when it stands ahead.</summary>
internal sealed class Sky(ulong seed)
{
    public void Draw(ScenePainter painter)
    {
        var (camera, light) = (painter.Camera, painter.Light);
        using (var gradient = SKShader.CreateLinearGradient(new(0, -0.1f * camera.ImageHeight), new(0, camera.Horizon),
            [light.SkyTop, Tint.Mix(light.SkyTop, light.SkyHorizon, 0.62f), light.SkyHorizon], SKShaderTileMode.Clamp))
            painter.Backdrop(gradient, CityscapesId.Sky);

        if (light.ToSun.Z > 0.25f && light.Sun.X > 0.3f)
        {
            var sun = new SKPoint(camera.VanishingX + camera.Focal * light.ToSun.X / light.ToSun.Z,
                camera.Horizon - camera.Focal * light.ToSun.Y / light.ToSun.Z);
            painter.Glow(sun, camera.ImageHeight * 0.9f, camera.ImageHeight * 0.9f, new SKColor(255, 240, 205, 130));
            painter.Glow(sun, camera.ImageHeight * 0.16f, camera.ImageHeight * 0.16f, new SKColor(255, 252, 240, 255));
        }
        DrawClouds(painter, new SceneRandom(seed));
    }

    private static void DrawClouds(ScenePainter painter, SceneRandom random)
    {
        var (camera, light) = (painter.Camera, painter.Light);
        var covered = light.Clouds >= 1;
        var white = covered ? Tint.Times(light.SkyHorizon, 1.04f) : Tint.Mix(light.SkyHorizon, SKColors.White, 0.55f);
        var gray = Tint.Mix(light.SkyTop, Tint.Times(light.SkyHorizon, 0.8f), 0.5f);
        var count = covered ? 22 : (int)(light.Clouds * 22);
        for (var i = 0; i < count; i++)
        {
            // Clouds lie in layers: the nearer to the horizon, the smaller and flatter.
            var height = MathF.Pow(random.Unit(), 0.7f);
            var center = new SKPoint(random.Range(-0.2f, 1.2f) * camera.ImageWidth, camera.Horizon * (1 - height * 1.1f));
            var size = camera.ImageWidth * (0.04f + 0.13f * height) * random.Range(0.7f, 1.5f);
            var strength = covered ? random.Range(0.1f, 0.3f) : random.Range(0.35f, 0.75f);
            for (var puff = 0; puff < 7; puff++)
            {
                var (x, y) = (center.X + random.Around(0, size), center.Y + random.Around(0, size * 0.16f));
                var radius = size * random.Range(0.25f, 0.55f);
                painter.Glow(new(x, y + radius * 0.14f), radius * 1.2f, radius * 0.4f, gray.WithAlpha((byte)(110 * strength)));
                painter.Glow(new(x, y), radius, radius * 0.36f, white.WithAlpha((byte)(210 * strength)));
            }
        }
    }
}
