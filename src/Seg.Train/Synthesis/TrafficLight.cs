using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A traffic light on its pole.</summary>
internal sealed class TrafficLight(SceneRandom random, float x, float z) : ISceneItem
{
    private readonly float height = random.Range(2.6f, 3.4f);
    private readonly int shown = random.Integer(3);

    public float Far(float seconds) => z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) =>
        Mast.CastShadow(painter, outline, new(x, z), height, 0.16f);

    public void Draw(ScenePainter painter, float seconds)
    {
        if (painter.Camera.Depth(z) > 26 || !painter.EnterBoard(x, Ground.PavementHeight, z))
            return;
        var light = painter.Light.On(-Vector3.UnitZ);
        Mast.Draw(painter, height, 0.16f, Tint.Times(new SKColor(96, 100, 100), light));
        painter.Box(-0.26f, height - 0.15f, 0.26f, height + 1.15f, Tint.Times(new SKColor(40, 44, 44), light), CityscapesId.TrafficLight);
        ReadOnlySpan<SKColor> colors = [new(255, 46, 34), new(255, 186, 40), new(52, 240, 130)];
        for (var i = 0; i < 3; i++)
        {
            var y = height + 0.93f - 0.38f * i;
            painter.Disc(0, y, 0.16f, i == shown ? colors[i] : Tint.Times(colors[i], 0.22f));
            if (i == shown)
                painter.Disc(0, y, 0.08f, Tint.Mix(colors[i], SKColors.White, 0.6f));
        }
        painter.LeaveBoard();
    }
}
