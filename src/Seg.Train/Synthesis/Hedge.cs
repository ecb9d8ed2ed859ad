using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Bushes in a row along the street.</summary>
internal sealed class Hedge(SceneRandom random, float x, float from, float to, float height) : ISceneItem
{
    private readonly ulong seed = random.Seed();
    private readonly SKColor green = Tint.Vary(random.Pick<SKColor>(Tree.Greens), random, 0.2f);

    public float Far(float seconds) => to;

    public void Draw(ScenePainter painter, float seconds)
    {
        SceneRandom random = new(seed);
        var color = painter.Lit(green, new(0, 0.6f, -0.8f));
        for (var z = to; z > from; z -= 0.55f)
        {
            if (!painter.EnterBoard(x, Ground.PavementHeight, z))
                return;
            painter.Disc(0, height * 0.42f, 0.5f, height * 0.46f, Tint.Times(color, 0.66f), CityscapesId.Vegetation);
            for (var i = 0; i < 9; i++)
            {
                var up = random.Unit();
                painter.Disc(random.Around(0, 0.55f), up * height, random.Range(0.14f, 0.36f), random.Range(0.12f, 0.26f),
                    Tint.Times(Tint.Vary(color, random, 0.22f), 0.66f + 0.42f * up), CityscapesId.Vegetation);
            }
            painter.LeaveBoard();
        }
    }
}
