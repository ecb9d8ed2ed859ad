using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A wall or a fence along the street.</summary>
internal sealed class Barrier(SceneRandom random, float side, float distance, float from, float to, bool isWall) : ISceneItem
{
    private readonly ulong seed = random.Seed();
    private readonly float x = side * distance, height = isWall ? random.Range(1.6f, 2.6f) : random.Range(1.1f, 1.7f);
    private readonly SKColor color = isWall
        ? Tint.Vary(random.Pick<SKColor>(Building.Plasters), random, 0.15f)
        : Tint.Vary(random.Pick<SKColor>([new(70, 74, 76), new(120, 92, 66), new(64, 84, 66)]), random, 0.15f);

    public float Far(float seconds) => to;

    public void Draw(ScenePainter painter, float seconds)
    {
        SceneRandom random = new(seed);
        var lit = painter.Lit(color, new Vector3(-side, 0, 0));
        if (isWall)
            DrawWall(painter, random, lit);
        else
            DrawFence(painter, lit);
    }

    private Vector3[] Front(float start, float end, float bottom, float top) =>
        [new(x, bottom, start), new(x, top, start), new(x, top, end), new(x, bottom, end)];

    private void DrawWall(ScenePainter painter, SceneRandom random, SKColor lit)
    {
        painter.LongFace(Front(from, to, 0, height), lit, CityscapesId.Wall);
        painter.Face([new(x, 0, from), new(x, height, from), new(x + side * 0.4f, height, from), new(x + side * 0.4f, 0, from)],
            painter.Lit(color, -Vector3.UnitZ), CityscapesId.Wall);
        painter.Face(Front(from, to, height - 0.18f, height), Tint.Times(lit, 1.15f));
        for (var y = 0.4f; y < height - 0.3f; y += 0.4f)
            painter.Face(Front(from, to, y, y + 0.04f), Tint.Times(lit, 0.78f).WithAlpha(150));
        for (var z = from; z < to; z += 0.9f)
            painter.Face(Front(z, Math.Min(to, z + random.Range(0.4f, 2)), random.Range(0, height * 0.5f),
                height * random.Range(0.5f, 0.9f)),
                SKColors.Black.WithAlpha((byte)random.Range(4, 26)));
    }

    // In Cityscapes a fence is what its outline holds, gaps included.
    private void DrawFence(ScenePainter painter, SKColor lit)
    {
        var behind = painter.Lit(new SKColor(116, 118, 98), -Vector3.UnitZ);
        painter.LongFace(Front(from, to, Ground.PavementHeight, height), Tint.Mix(lit, behind, 0.72f), CityscapesId.Fence);
        painter.Face(Front(from, to, height - 0.1f, height), lit);
        painter.Face(Front(from, to, 0.3f, 0.38f), lit);
        for (var z = from; z < to; z += 0.26f)
        {
            if (painter.Camera.Depth(z) is > Camera.Near and < 30)
                painter.Face(Front(z, z + 0.06f, Ground.PavementHeight, height), lit);
        }
        for (var z = from; z < to; z += 2.5f)
            painter.Face(Front(z, z + 0.14f, Ground.PavementHeight, height + 0.12f), Tint.Times(lit, 0.85f), CityscapesId.Fence);
    }
}
