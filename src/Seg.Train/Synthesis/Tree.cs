using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A tree: trunk, branches and a crown of clumps of leaves. All of it is vegetation, as in Cityscapes.</summary>
internal sealed class Tree : ISceneItem
{
    public static readonly SKColor[] Greens = [new(76, 98, 48), new(94, 112, 54), new(62, 88, 52), new(110, 118, 60), new(84, 104, 66)];

    private readonly float x, y, z, height, radius, trunk;
    private readonly SKColor green;
    private readonly ulong seed;

    /// <param name="random">Where its looks come from.</param>
    /// <param name="x">Metres from the road's middle.</param>
    /// <param name="y">Height of the ground.</param>
    /// <param name="z">Place along the road.</param>
    /// <param name="size">About 1; its height is some 6 metres times that.</param>
    public Tree(SceneRandom random, float x, float y, float z, float size)
    {
        (this.x, this.y, this.z, seed) = (x, y, z, random.Seed());
        height = random.Range(4.8f, 7.6f) * size;
        radius = random.Range(1.3f, 2.1f) * size;
        trunk = random.Range(0.11f, 0.2f) * size;
        green = Tint.Vary(random.Pick<SKColor>(Greens), random, 0.2f);
        if (random.Chance(0.1f))
            green = Tint.Mix(green, new SKColor(170, 116, 48), 0.65f);          // autumn
    }

    public float Far(float seconds) => z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var run = ShadowOutline.PerMetre(painter.Light);
        var foot = new Vector2(x, z);
        var across = new Vector2(trunk, 0);
        ShadowOutline.Add(painter, outline,
            [foot - across, foot + across, foot + across + run * height * 0.6f, foot - across + run * height * 0.6f]);
        SceneRandom random = new(seed + 3);
        for (var i = 0; i < 7; i++)
            ShadowOutline.AddSpot(painter, outline,
                foot + run * (height * 0.7f) + new Vector2(random.Around(0, radius), random.Around(0, radius)),
                radius * random.Range(0.35f, 0.7f), radius * random.Range(0.35f, 0.7f));
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        if (!painter.EnterBoard(x, y, z))
            return;
        SceneRandom random = new(seed);
        var bark = painter.Lit(Tint.Vary(new SKColor(92, 76, 62), random, 0.2f), -Vector3.UnitZ);
        var (lean, fork) = (random.Around(0, 0.3f), height * 0.5f);
        painter.Polygon([new(-trunk, 0), new(trunk, 0), new(lean + trunk * 0.6f, fork), new(lean - trunk * 0.6f, fork)], bark,
            CityscapesId.Vegetation);
        painter.Polygon([new(0, 0), new(trunk, 0), new(lean + trunk * 0.6f, fork), new(lean, fork)], Tint.Times(bark, 0.75f));
        for (var i = 0; i < 4; i++)
            painter.Line([new(lean, fork * random.Range(0.8f, 1)),
                new(lean + random.Around(0, radius), height * random.Range(0.65f, 0.85f))],
                trunk * 0.7f, Tint.Times(bark, 0.85f), CityscapesId.Vegetation);
        DrawCrown(painter, random, new(lean, height - radius * 1.05f));
        painter.LeaveBoard();
    }

    private void DrawCrown(ScenePainter painter, SceneRandom random, SKPoint center)
    {
        var pixels = painter.Camera.Scale(painter.Camera.Depth(z)) * radius;
        var leaves = Math.Clamp((int)(pixels * 4.5f), 26, 420);
        var sun = new Vector2(painter.Light.ToSun.X, painter.Light.ToSun.Y);
        // From the shaded inside to the lit outside: dark clumps first, then ever smaller and lighter ones towards the light.
        for (var i = 0; i < leaves; i++)
        {
            var part = i / (float)leaves;
            var (sine, cosine) = MathF.SinCos(random.Unit() * MathF.Tau);
            var reach = MathF.Sqrt(random.Unit()) * radius * (0.8f + 0.2f * part);
            Vector2 at = new(cosine * reach * 1.08f, sine * reach * 1.12f);
            var facing = Vector2.Dot(at / radius, sun);
            var size = radius * (0.07f + 0.4f * (1 - part) * (1 - part)) * random.Range(0.7f, 1.3f);
            var light = 0.62f + 0.34f * part + 0.26f * facing * part + random.Around(0, 0.2f);
            var color = Tint.Times(painter.Lit(green, new(0, 0.55f, -0.83f)), light);
            painter.Disc(center.X + at.X, center.Y + at.Y, size, size * random.Range(0.65f, 1), color, CityscapesId.Vegetation);
        }
    }
}
