using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A post with arms, such as a coat stand, a signpost or a bare young tree: sticks that belong to nobody.</summary>
internal sealed class Rack : ISceneItem
{
    private readonly Vector3 place;
    private readonly SKColor color;
    private readonly float width, height;
    private readonly SKPoint[][] arms;

    public Rack(SceneRandom random, Vector3 place)
    {
        this.place = place;
        color = Tint.Vary(random.Pick<SKColor>([new(92, 66, 44), new(60, 62, 66), new(172, 172, 170), new(196, 150, 116),
            new(48, 84, 70)]), random, 0.2f);
        (width, height) = (random.Range(0.04f, 0.1f), random.Range(1.2f, 2.2f));
        arms = new SKPoint[random.Integer(5)][];
        for (var i = 0; i < arms.Length; i++)
        {
            var (from, side) = (height * random.Range(0.45f, 0.98f), random.Sign());
            var elbow = new SKPoint(side * random.Range(0.15f, 0.35f), from + random.Around(0, 0.2f));
            arms[i] = [new(0, from), elbow, new(elbow.X + side * random.Range(0, 0.25f), elbow.Y + random.Around(0.05f, 0.3f))];
        }
    }

    public float Far(float seconds) => place.Z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds) =>
        Mast.CastShadow(painter, outline, new(place.X, place.Z), height, width);

    public void Draw(ScenePainter painter, float seconds)
    {
        if (!painter.EnterBoard(place.X, place.Y, place.Z))
            return;
        var lit = painter.Lit(color, -Vector3.UnitZ);
        painter.Disc(0, 0.02f, 0.2f, 0.05f, Tint.Times(lit, 0.7f), CityscapesId.Pole);
        painter.Line([new(0, 0), new(0, height)], width, lit, CityscapesId.Pole);
        painter.Line([new(width * 0.25f, 0), new(width * 0.25f, height)], width * 0.4f, Tint.Times(lit, 0.75f));
        foreach (var arm in arms)
            painter.Line(arm, width * 0.8f, Tint.Times(lit, 0.92f), CityscapesId.Pole);
        painter.LeaveBoard();
    }
}
