using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A sign on a pole: round, triangular, eight-sided or a board.</summary>
internal sealed class TrafficSign(SceneRandom random, float x, float z) : ISceneItem
{
    private static readonly SKColor Red = new(188, 28, 34), Blue = new(26, 74, 158), White = new(236, 236, 232), Yellow = new(238, 190, 42),
        Ink = new(34, 34, 38);

    private readonly ulong seed = random.Seed();
    private readonly float radius = random.Range(0.42f, 0.62f), height = random.Range(2.4f, 3.1f);

    public float Far(float seconds) => z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) =>
        Mast.CastShadow(painter, outline, new(x, z), height + radius, 0.12f);

    public void Draw(ScenePainter painter, float seconds)
    {
        if (painter.Camera.Depth(z) > 26 || !painter.EnterBoard(x, Ground.PavementHeight, z))
            return;
        SceneRandom random = new(seed);
        var light = painter.Light.On(-Vector3.UnitZ);
        Mast.Draw(painter, height + radius * 0.7f, 0.12f, Tint.Times(new SKColor(142, 146, 148), light));
        DrawPlate(painter, random, height, light);
        if (random.Chance(0.3f))
        {
            var top = height - radius - 0.06f;
            painter.Box(-radius * 0.8f, top - radius * 0.62f, radius * 0.8f, top, Tint.Times(White, light), CityscapesId.TrafficSign);
            painter.Box(-radius * 0.5f, top - radius * 0.4f, radius * 0.5f, top - radius * 0.24f, Tint.Times(Ink, light));
        }
        painter.LeaveBoard();
    }

    private void DrawPlate(ScenePainter painter, SceneRandom random, float y, Vector3 light)
    {
        SKColor red = Tint.Times(Red, light), blue = Tint.Times(Blue, light), white = Tint.Times(White, light),
            ink = Tint.Times(Ink, light);
        switch (random.Integer(7))
        {
            case 0:                                        // a limit
                painter.Disc(0, y, radius, red, CityscapesId.TrafficSign);
                painter.Disc(0, y, radius * 0.72f, white);
                painter.Box(-radius * 0.42f, y - radius * 0.3f, -radius * 0.08f, y + radius * 0.3f, ink);
                painter.Ring(radius * 0.26f, y, radius * 0.22f, radius * 0.13f, ink);
                break;
            case 1:                                        // an order
                painter.Disc(0, y, radius, blue, CityscapesId.TrafficSign);
                painter.Line([new(0, y - radius * 0.55f), new(0, y + radius * 0.5f)], radius * 0.2f, white);
                painter.Line([new(-radius * 0.35f, y + radius * 0.15f), new(0, y + radius * 0.5f), new(radius * 0.35f, y + radius * 0.15f)],
                    radius * 0.18f, white);
                break;
            case 2:                                        // no entry
                painter.Disc(0, y, radius, red, CityscapesId.TrafficSign);
                painter.Box(-radius * 0.7f, y - radius * 0.17f, radius * 0.7f, y + radius * 0.17f, white);
                break;
            case 3:                                        // a warning
                painter.Polygon(Regular(3, 90, radius * 1.2f, y - radius * 0.1f), red, CityscapesId.TrafficSign);
                painter.Polygon(Regular(3, 90, radius * 0.82f, y - radius * 0.1f), white);
                painter.Box(-radius * 0.07f, y - radius * 0.3f, radius * 0.07f, y + radius * 0.3f, ink);
                break;
            case 4:                                        // stop
                painter.Polygon(Regular(8, 22.5f, radius * 1.04f, y), red, CityscapesId.TrafficSign);
                painter.Box(-radius * 0.66f, y - radius * 0.2f, radius * 0.66f, y + radius * 0.2f, white);
                break;
            case 5:                                        // a place to park or to cross
                painter.Box(-radius * 0.9f, y - radius * 0.9f, radius * 0.9f, y + radius * 0.9f, blue, CityscapesId.TrafficSign);
                painter.Polygon(Regular(3, 90, radius * 0.62f, y - radius * 0.1f), white);
                break;
            default:                                       // a way
                var board = random.Chance(0.5f) ? Tint.Times(Yellow, light) : white;
                painter.Box(-radius * 1.5f, y - radius * 0.55f, radius * 1.5f, y + radius * 0.55f, board, CityscapesId.TrafficSign);
                painter.Box(-radius * 1.2f, y - radius * 0.12f, radius * 0.9f, y + radius * 0.18f, ink);
                break;
        }
    }

    private static SKPoint[] Regular(int corners, float startDegrees, float radius, float y)
    {
        var points = new SKPoint[corners];
        for (var i = 0; i < corners; i++)
        {
            var (sine, cosine) = MathF.SinCos((startDegrees + i * 360f / corners) * MathF.PI / 180);
            points[i] = new(radius * cosine, y + radius * sine);
        }
        return points;
    }
}
