using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Road with markings, kerbs, pavement and grass.</summary>
internal sealed class Ground(StreetPlan plan, ulong seed, SceneClasses classes)
{
    public const float PavementHeight = 0.13f;
    private static readonly Vector3 Up = Vector3.UnitY;
    private static readonly SKColor[] Slabs =
        [new(158, 153, 146), new(146, 146, 148), new(168, 152, 134), new(132, 130, 130), new(160, 136, 124)];

    public void Draw(ScenePainter painter)
    {
        SceneRandom random = new(seed);
        var asphalt = Tint.Vary(Tint.Times(new SKColor(104, 104, 108), random.Range(0.72f, 1.18f)), random, 0.05f);
        var slabs = Tint.Vary(random.Pick<SKColor>(Slabs), random, 0.1f);
        var grass = Tint.Vary(new SKColor(104, 124, 62), random, 0.15f);
        var hasGrass = plan.Verge > 0 && classes == SceneClasses.All;

        painter.Strip(-90, 90, 0, painter.Lit(Tint.Times(slabs, 0.94f), Up), CityscapesId.Sidewalk);
        painter.Strip(-plan.Kerb, plan.Kerb, 0, painter.Lit(asphalt, Up), CityscapesId.Road);
        foreach (var (from, to) in plan.Crossings)
            painter.Strip(-90, 90, 0, painter.Lit(asphalt, Up), CityscapesId.Road, from, to);
        DrawAsphalt(painter, asphalt);
        DrawMarkings(painter, random);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
            DrawPavement(painter, side, slabs, hasGrass ? grass : null);
    }

    private void DrawAsphalt(ScenePainter painter, SKColor asphalt)
    {
        var first = (int)MathF.Floor(painter.Camera.Z);
        for (var cell = first + 70; cell >= first; cell--)
        {
            SceneRandom random = new(seed ^ ((ulong)(uint)cell << 20));
            for (var i = 0; i < (cell < first + 22 ? 7 : 2); i++)
            {
                var (x, z) = (random.Range(-plan.Kerb, plan.Kerb), cell + random.Unit());
                var (width, length) = (random.Range(0.1f, 0.9f), random.Range(0.2f, 2.2f));
                Patch(painter, x, z, width, length, Shade(random, 0.16f));
            }
            if (random.Chance(0.09f))
                Patch(painter, random.Range(-plan.Kerb, plan.Kerb - 2), cell, random.Range(1, 3.2f), random.Range(1.5f, 6),
                    Shade(random, 0.4f));
            if (random.Chance(0.05f))
                Cover(painter, random.Range(-plan.Kerb + 1, plan.Kerb - 1), cell + 0.5f);
        }
        // Wheels darken the road along the lanes.
        for (var lane = -plan.LanesEachWay; lane < plan.LanesEachWay; lane++)
        {
            foreach (var wheel in (ReadOnlySpan<float>)[0.28f, 0.72f])
            {
                var middle = (lane + wheel) * plan.LaneWidth;
                painter.Strip(middle - 0.28f, middle + 0.28f, 0, painter.Lit(Tint.Times(asphalt, 0.9f), Up).WithAlpha(90), null);
            }
        }
    }

    private void DrawMarkings(ScenePainter painter, SceneRandom random)
    {
        var white = painter.Lit(Tint.Times(new SKColor(226, 226, 220), random.Range(0.82f, 1)), Up).WithAlpha((byte)random.Range(170, 240));
        var solidMiddle = random.Chance(0.3f);
        var edges = random.Chance(0.55f);
        for (var lane = -plan.LanesEachWay + 1; lane < plan.LanesEachWay; lane++)
            MarkLine(painter, lane * plan.LaneWidth, white, dashed: lane != 0 || !solidMiddle);
        if (edges)
        {
            MarkLine(painter, plan.LanesEachWay * plan.LaneWidth - 0.2f, white, dashed: false);
            MarkLine(painter, -plan.LanesEachWay * plan.LaneWidth + 0.2f, white, dashed: false);
        }
        foreach (var (from, to) in plan.Crossings)
        {
            foreach (var start in (ReadOnlySpan<float>)[from - 4.2f, to + 1.2f])
            {
                for (var x = -plan.Kerb + 0.4f; x < plan.Kerb - 0.5f; x += 1)
                    Patch(painter, x, start, 0.5f, 3, white);
            }
            Patch(painter, 0.1f, from - 5.6f, plan.LanesEachWay * plan.LaneWidth - 0.2f, 0.45f, white);
        }
    }

    private void MarkLine(ScenePainter painter, float x, SKColor white, bool dashed)
    {
        const float width = 0.07f;                          // half of it
        var first = MathF.Floor((painter.Camera.Z - 9) / 9) * 9;
        for (var z = first; z < painter.Camera.Z + 110; z += 9)
        {
            var to = dashed ? z + 4 : z + 9;
            if (!plan.IsCrossing(z - 6, to + 4))
                painter.Strip(x - width, x + width, 0, white, null, z, to);
        }
    }

    private void DrawPavement(ScenePainter painter, float side, SKColor slabs, SKColor? grass)
    {
        var (kerb, facade) = (side * plan.Kerb, side * (plan.Facade + 1.5f));
        var start = float.NegativeInfinity;
        foreach (var end in plan.Crossings.Select(crossing => crossing.From).Append(float.PositiveInfinity))
        {
            // The kerb stone stands up from the road and has an edge of its own colour.
            Wall(painter, kerb, start, end, painter.Lit(Tint.Times(slabs, 0.86f), new Vector3(-side, 0, 0)));
            painter.Strip(Math.Min(kerb, facade), Math.Max(kerb, facade), PavementHeight, painter.Lit(slabs, Up), CityscapesId.Sidewalk,
                start, end);
            painter.Strip(Math.Min(kerb, kerb + side * 0.22f), Math.Max(kerb, kerb + side * 0.22f), PavementHeight,
                painter.Lit(Tint.Times(slabs, 1.13f), Up), null, start, end);
            if (grass is { } green)
                DrawGrass(painter, side, start, end, green);
            DrawSlabs(painter, side, start, end, slabs);
            start = plan.Crossings.FirstOrDefault(crossing => crossing.From == end).To;
        }
    }

    private void DrawGrass(ScenePainter painter, float side, float start, float end, SKColor green)
    {
        float inner = side * (plan.Kerb + plan.Pavement), outer = side * (plan.Facade + 1.5f);
        painter.Strip(Math.Min(inner, outer), Math.Max(inner, outer), PavementHeight, painter.Lit(green, Up), CityscapesId.Terrain, start,
            end);
        var first = (int)MathF.Floor(painter.Camera.Z);
        for (var cell = Math.Max(first, (int)Math.Max(start, -1000)); cell < Math.Min(first + 45, end); cell++)
        {
            SceneRandom random = new(seed ^ 77 ^ ((ulong)(uint)cell << 21) ^ (side > 0 ? 1u : 0));
            for (var i = 0; i < 5; i++)
                Patch(painter, side * (plan.Kerb + plan.Pavement + random.Range(0.05f, plan.Verge)), cell + random.Unit(),
                    random.Range(0.1f, 0.5f),
                    random.Range(0.1f, 0.6f), painter.Lit(Tint.Vary(green, random, 0.4f), Up).WithAlpha(120), PavementHeight);
        }
    }

    private void DrawSlabs(ScenePainter painter, float side, float start, float end, SKColor slabs)
    {
        var joint = painter.Lit(Tint.Times(slabs, 0.8f), Up).WithAlpha(130);
        SceneRandom random = new(seed + 5);
        var size = random.Range(0.8f, 1.6f);
        var (first, last) = (Math.Max(start, painter.Camera.Z), Math.Min(end, painter.Camera.Z + 26));
        for (var z = MathF.Ceiling(first / size) * size; z < last; z += size)
            Across(painter, side, z, 0.035f, joint);
        for (var x = plan.Kerb + 0.25f + size; x < plan.Kerb + plan.Pavement; x += size)
            painter.Strip(side * x - 0.02f, side * x + 0.02f, PavementHeight, joint, null, first, last);
        for (var cell = (int)MathF.Floor(first); cell < last; cell++)
        {
            SceneRandom spots = new(seed ^ 99 ^ ((ulong)(uint)cell << 22) ^ (side > 0 ? 1u : 0));
            for (var i = 0; i < 3; i++)
                Patch(painter, side * (plan.Kerb + spots.Range(0.2f, plan.Pavement - 0.4f)), cell + spots.Unit(), spots.Range(0.1f, 0.8f),
                    spots.Range(0.1f, 1), Shade(spots, 0.2f), PavementHeight);
        }
    }

    private void Across(ScenePainter painter, float side, float z, float width, SKColor color) => painter.Face(
    [
        new(side * (plan.Kerb + 0.2f), PavementHeight, z), new(side * (plan.Kerb + plan.Pavement), PavementHeight, z),
        new(side * (plan.Kerb + plan.Pavement), PavementHeight, z + width), new(side * (plan.Kerb + 0.2f), PavementHeight, z + width),
    ], color);

    private static void Wall(ScenePainter painter, float x, float from, float to, SKColor color)
    {
        from = Math.Max(from, painter.Camera.Z + Camera.Near);
        to = Math.Min(to, painter.Camera.Z + 200);
        for (var z = from; z < to;)
        {
            var end = Math.Min(to, z + Math.Max(2, painter.Camera.Depth(z) * 0.3f));
            painter.Face([new(x, 0, z), new(x, PavementHeight, z), new(x, PavementHeight, end), new(x, 0, end)], color,
                CityscapesId.Sidewalk);
            z = end;
        }
    }

    private static void Cover(ScenePainter painter, float x, float z)
    {
        var corners = new Vector3[12];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = new(x + 0.34f * cosine, 0, z + 0.34f * sine);
        }
        painter.Face(corners, painter.Lit(new SKColor(58, 56, 55), Up));
    }

    private static void Patch(ScenePainter painter, float x, float z, float width, float length, SKColor color, float y = 0) =>
        painter.Face([new(x, y, z), new(x + width, y, z), new(x + width, y, z + length), new(x, y, z + length)], color);

    private static SKColor Shade(SceneRandom random, float strength) =>
        (random.Chance(0.6f) ? new SKColor(22, 22, 26) : new SKColor(215, 212, 205)).WithAlpha((byte)(255 * strength * random.Unit()));
}
