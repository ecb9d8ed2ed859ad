using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A lamp on a mast, with an arm over the road or a head on top.</summary>
internal sealed class StreetLamp(SceneRandom random, float side, float x, float z) : ISceneItem
{
    private readonly float height = random.Range(5.2f, 7.8f), width = random.Range(0.15f, 0.22f), arm = random.Chance(0.7f)
        ? random.Range(1, 2.2f) : 0;
    private readonly SKColor color = Tint.Vary(random.Pick<SKColor>([new(92, 96, 98), new(130, 134, 134), new(62, 70, 66)]), random, 0.12f);

    public float Far(float seconds) => z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) =>
        Mast.CastShadow(painter, outline, new(x, z), height, width);

    public void Draw(ScenePainter painter, float seconds)
    {
        if (painter.Camera.Depth(z) > 34 || !painter.EnterBoard(x, Ground.PavementHeight, z))
            return;
        var lit = painter.Lit(color, -Vector3.UnitZ);
        var glow = painter.Light.LightsOn ? new SKColor(255, 238, 190) : Tint.Times(lit, 1.35f);
        Mast.Draw(painter, height, width, lit);
        if (arm > 0)
        {
            painter.Line([new(0, height), new(-side * arm, height + 0.35f)], width * 0.75f, lit, CityscapesId.Pole, leastPixels: 1.3f);
            painter.Box(-side * arm - 0.4f, height + 0.22f, -side * arm + 0.4f, height + 0.5f, Tint.Times(lit, 0.9f), CityscapesId.Pole);
            painter.Box(-side * arm - 0.34f, height + 0.18f, -side * arm + 0.34f, height + 0.3f, glow, CityscapesId.Pole);
        }
        else
        {
            painter.Disc(0, height + 0.2f, 0.32f, 0.26f, glow, CityscapesId.Pole);
            painter.Box(-0.36f, height + 0.36f, 0.36f, height + 0.48f, lit, CityscapesId.Pole);
        }
        painter.LeaveBoard();
    }
}
