using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Somebody on foot: head, hair, clothes, and limbs that swing with the steps.</summary>
internal sealed class Pedestrian : ISceneItem
{
    private static readonly SKColor[] Skins = [new(228, 188, 160), new(206, 158, 126), new(150, 104, 78), new(104, 72, 54)];
    private static readonly SKColor[] Clothes =
    [
        new(44, 48, 58), new(62, 74, 104), new(116, 40, 42), new(150, 138, 116), new(88, 92, 88), new(176, 176, 178),
        new(54, 84, 70), new(172, 120, 44),
        new(196, 84, 60), new(64, 112, 156), new(122, 84, 110),
    ];

    private readonly float x, y, z, across, along, reach, height, phase, girth;
    private readonly SKColor skin, hair, shirt, trousers, shoes, bag;
    private readonly bool skirt, hasBag, longSleeves;

    /// <param name="random">Where the looks come from.</param>
    /// <param name="x">Metres from the road's middle.</param>
    /// <param name="y">Height of the ground.</param>
    /// <param name="z">Place along the road.</param>
    /// <param name="across">Speed across the road, m/s, positive to the right.</param>
    /// <param name="along">Speed along the road, m/s.</param>
    /// <param name="reach">How far from the road's middle there is room to walk.</param>
    public Pedestrian(SceneRandom random, float x, float y, float z, float across, float along, float reach)
    {
        (this.x, this.y, this.z, this.across, this.along, this.reach) = (x, y, z, across, along, reach);
        height = random.Chance(0.12f) ? random.Range(1.15f, 1.4f) : random.Around(1.73f, 0.16f);
        girth = random.Range(0.92f, 1.25f);
        phase = random.Unit() * MathF.Tau;
        skin = Tint.Vary(random.Pick<SKColor>(Skins), random, 0.08f);
        hair = Tint.Vary(random.Pick<SKColor>([new(42, 34, 30), new(86, 60, 38), new(160, 124, 74), new(126, 124, 122)]), random, 0.1f);
        shirt = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.2f);
        trousers = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.2f);
        shoes = Tint.Vary(new SKColor(52, 46, 44), random, 0.3f);
        bag = Tint.Vary(random.Pick<SKColor>(Clothes), random, 0.2f);
        (skirt, hasBag, longSleeves) = (random.Chance(0.16f), random.Chance(0.3f), random.Chance(0.7f));
    }

    public float Far(float seconds) => z + along * seconds;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var (run, foot) = (ShadowOutline.PerMetre(painter.Light) * height, new Vector2(Across(seconds), Far(seconds)));
        var half = new Vector2(0.2f, 0);
        ShadowOutline.Add(painter, outline, [foot - half, foot + half, foot + half + run * 0.85f, foot + run, foot - half + run * 0.85f]);
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        var depth = painter.Camera.Depth(Far(seconds));
        if (depth > 22 || !painter.EnterBoard(Across(seconds), y, Far(seconds)))
            return;
        painter.Disc(0, 0.02f, 0.34f * girth, 0.34f / Math.Max(depth, 2), new SKColor(10, 12, 20, 120));
        Figure.Draw(painter, new Figure.Look(height, girth, skin, hair, shirt, trousers, shoes, longSleeves, skirt, hasBag ? bag : null),
            phase + seconds * 9 * Math.Clamp(MathF.Abs(across) + MathF.Abs(along), 0, 1.5f) / 1.4f,
                facing: MathF.Abs(across) > MathF.Abs(along) ? MathF.Sign(across) : 0,
            moving: along != 0 || (across != 0 && MathF.Abs(Across(seconds)) < reach), CityscapesId.Person);
        painter.LeaveBoard();
    }

    private float Across(float seconds) => Math.Clamp(x + across * seconds, -reach, reach);
}
