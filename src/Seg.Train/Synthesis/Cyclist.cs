using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Somebody on a bicycle, going along the road or across it.</summary>
internal sealed class Cyclist(SceneRandom random, float x, float z, float across, float along) : ISceneItem
{
    private static readonly SKColor[] Frames = [new(40, 42, 46), new(150, 34, 36), new(40, 80, 140), new(190, 190, 188)];
    private static readonly SKColor[] Shirts = [new(60, 72, 104), new(170, 60, 50), new(200, 176, 60), new(80, 84, 84), new(70, 120, 90)];

    private readonly float phase = random.Unit() * MathF.Tau, height = random.Range(1.6f, 1.85f);
    private readonly SKColor frame = Tint.Vary(random.Pick<SKColor>(Frames), random, 0.2f);
    private readonly SKColor shirt = Tint.Vary(random.Pick<SKColor>(Shirts), random, 0.2f);

    public float Far(float seconds) => z + along * seconds;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) =>
        ShadowOutline.AddSpot(painter, outline,
            new Vector2(x + across * seconds, Far(seconds)) + ShadowOutline.PerMetre(painter.Light) * 0.8f, 0.5f, 0.6f);

    public void Draw(ScenePainter painter, float seconds)
    {
        if (painter.Camera.Depth(Far(seconds)) > 28 || !painter.EnterBoard(x + across * seconds, 0, Far(seconds)))
            return;
        var light = painter.Light.On(-Vector3.UnitZ);
        SKColor metal = Tint.Times(frame, light), tyre = Tint.Times(new SKColor(34, 34, 36), light), cloth = Tint.Times(shirt, light);
        SKColor trousers = Tint.Times(new SKColor(52, 56, 70), light), skin = Tint.Times(new SKColor(216, 172, 142), light);
        if (across != 0)
            DrawFromSide(painter, MathF.Sign(across), phase + seconds * 6, metal, tyre, cloth, trousers, skin);
        else
            DrawFromBehind(painter, phase + seconds * 6, metal, tyre, cloth, trousers, skin);
        painter.LeaveBoard();
    }

    private void DrawFromSide(ScenePainter painter, int d, float turn, SKColor metal, SKColor tyre, SKColor cloth, SKColor trousers,
        SKColor skin)
    {
        foreach (var wheel in (ReadOnlySpan<float>)[-0.52f, 0.52f])
        {
            painter.Disc(wheel * d, 0.34f, 0.34f, new SKColor(120, 122, 124, 60), CityscapesId.Bicycle);
            painter.Ring(wheel * d, 0.34f, 0.32f, 0.06f, tyre, CityscapesId.Bicycle);
        }
        SKPoint pedals = new(-0.04f * d, 0.32f), seat = new(-0.2f * d, 0.9f), bars = new(0.42f * d, 0.98f);
        painter.Line([new(-0.52f * d, 0.34f), pedals, new(0.4f * d, 0.78f), new(-0.16f * d, 0.78f), pedals], 0.06f, metal,
            CityscapesId.Bicycle);
        painter.Line([new(0.52f * d, 0.34f), bars], 0.06f, metal, CityscapesId.Bicycle);
        foreach (var leg in (ReadOnlySpan<float>)[MathF.PI, 0])
        {
            var (sine, cosine) = MathF.SinCos(turn + leg);
            SKPoint foot = new(pedals.X + 0.16f * cosine, pedals.Y + 0.16f * sine),
                knee = new((seat.X + foot.X) / 2 + 0.2f * d, (seat.Y + foot.Y) / 2 + 0.1f);
            painter.Line([seat, knee, foot], 0.14f, leg == 0 ? trousers : Tint.Times(trousers, 0.8f), CityscapesId.Rider);
        }
        SKPoint neck = new(0.08f * d, height * 0.88f);
        painter.Line([seat, neck], 0.28f, cloth, CityscapesId.Rider);
        painter.Line([neck, new(0.3f * d, 1.15f), bars], 0.1f, Tint.Times(cloth, 0.9f), CityscapesId.Rider);
        painter.Disc(0.16f * d, height, 0.11f, 0.13f, skin, CityscapesId.Rider);
        painter.Disc(0.14f * d, height + 0.06f, 0.12f, 0.08f, Tint.Times(cloth, 0.6f), CityscapesId.Rider);
    }

    private void DrawFromBehind(ScenePainter painter, float turn, SKColor metal, SKColor tyre, SKColor cloth, SKColor trousers,
        SKColor skin)
    {
        painter.Line([new(0, 0.04f), new(0, 0.7f)], 0.08f, tyre, CityscapesId.Bicycle);
        painter.Line([new(0, 0.6f), new(0, 0.95f)], 0.06f, metal, CityscapesId.Bicycle);
        painter.Line([new(-0.3f, 1), new(0.3f, 1)], 0.06f, metal, CityscapesId.Bicycle);
        var rise = 0.12f * MathF.Sin(turn);
        painter.Line([new(-0.1f, 0.92f), new(-0.16f, 0.6f + rise), new(-0.12f, 0.25f + rise)], 0.15f, trousers, CityscapesId.Rider);
        painter.Line([new(0.1f, 0.92f), new(0.16f, 0.6f - rise), new(0.12f, 0.25f - rise)], 0.15f, Tint.Times(trousers, 0.9f),
            CityscapesId.Rider);
        painter.Line([new(-0.18f, 1.35f), new(-0.28f, 1.02f)], 0.1f, Tint.Times(cloth, 0.9f), CityscapesId.Rider);
        painter.Line([new(0.18f, 1.35f), new(0.28f, 1.02f)], 0.1f, Tint.Times(cloth, 0.9f), CityscapesId.Rider);
        painter.Polygon([new(-0.17f, 0.88f), new(0.17f, 0.88f), new(0.22f, 1.42f), new(-0.22f, 1.42f)], cloth, CityscapesId.Rider);
        painter.Disc(0, height - 0.08f, 0.1f, 0.13f, skin, CityscapesId.Rider);
        painter.Disc(0, height - 0.02f, 0.12f, 0.1f, Tint.Times(cloth, 0.6f), CityscapesId.Rider);
    }
}
