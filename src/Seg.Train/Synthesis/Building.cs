using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>A house: a facade along the street, windows in rows, and the end walls that gaps lay open.</summary>
internal sealed class Building : ISceneItem
{
    /// <summary>Colours of walls.</summary>
    public static readonly SKColor[] Plasters =
    [
        new(206, 190, 162), new(190, 172, 148), new(214, 206, 192), new(172, 166, 160), new(150, 146, 146), new(176, 122, 98), new(152, 96, 80),
        new(200, 168, 126), new(186, 188, 190), new(164, 148, 128), new(208, 186, 150), new(142, 132, 122), new(180, 186, 176),
    ];

    private static readonly SKColor[] Awnings = [new(150, 44, 40), new(40, 84, 60), new(44, 66, 120), new(196, 158, 70), new(86, 80, 78)];

    private const float Depth = 14;

    private readonly float side, facade, from, to, height, groundFloor, floorHeight, windowWidth, windowHeight, spacing;
    private readonly SKColor wall, frame, roof;
    private readonly bool pitched, shops, framed, bands;
    private readonly ulong seed;

    /// <param name="random">Where its looks come from.</param>
    /// <param name="side">−1 left of the road, 1 right of it.</param>
    /// <param name="facade">How far its front stands from the road's middle, in metres.</param>
    /// <param name="from">Where along the road it begins, in metres.</param>
    /// <param name="to">Where it ends.</param>
    public Building(SceneRandom random, float side, float facade, float from, float to)
    {
        (this.side, this.facade, this.from, this.to, seed) = (side, side * facade, from, to, random.Seed());
        wall = Tint.Vary(random.Pick<SKColor>(Plasters), random, 0.14f);
        frame = random.Chance(0.6f) ? Tint.Mix(wall, SKColors.White, 0.5f) : Tint.Times(wall, 0.7f);
        roof = Tint.Vary(random.Pick<SKColor>([new(128, 72, 58), new(92, 88, 92), new(110, 84, 72), new(74, 76, 84)]), random, 0.12f);
        groundFloor = random.Range(3.3f, 4.4f);
        floorHeight = random.Range(2.8f, 3.5f);
        height = groundFloor + floorHeight * (1 + random.Integer(6)) + random.Range(0.3f, 1);
        spacing = random.Range(1.9f, 3.4f);
        windowWidth = spacing * random.Range(0.38f, 0.64f);
        windowHeight = floorHeight * random.Range(0.46f, 0.66f);
        pitched = random.Chance(0.55f);
        shops = random.Chance(0.5f);
        framed = random.Chance(0.7f);
        bands = random.Chance(0.5f);
    }

    public float Far(float seconds) => to;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var run = ShadowOutline.PerMetre(painter.Light) * height;
        var (a, b) = (new Vector2(facade, from), new Vector2(facade, to));
        if (run.X * side < 0)
            ShadowOutline.Add(painter, outline, [a, b, b + run, a + run]);
        var back = new Vector2(side * Depth, 0);
        if (run.Y < 0)
            ShadowOutline.Add(painter, outline, [a, a + back, a + back + run, a + run]);
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        if (painter.Camera.Depth(to) < Camera.Near)
            return;
        SceneRandom random = new(seed);
        var outward = new Vector3(-side, 0, 0);
        if (pitched)
            DrawRoof(painter);
        DrawEnd(painter, random);
        painter.LongFace(Front(from, to, 0, height), painter.Lit(wall, outward), CityscapesId.Building);
        DrawStains(painter, random, outward);
        DrawFloors(painter, random, outward);
        painter.Face(Front(from, to, height - 0.45f, height), painter.Lit(frame, outward).WithAlpha(170));
    }

    /// <summary>
    /// A rectangle of the facade between two places along the road and two heights, <paramref name="out"/> metres before it.
    /// </summary>
    private Vector3[] Front(float start, float end, float bottom, float top, float @out = 0)
    {
        var x = facade - side * @out;
        return [new(x, bottom, start), new(x, top, start), new(x, top, end), new(x, bottom, end)];
    }

    private void DrawRoof(ScenePainter painter)
    {
        var (ridge, back) = (height + 3.2f, facade + side * Depth / 2);
        painter.Face([new(facade, height, from), new(back, ridge, from), new(back, ridge, to), new(facade, height, to)],
            painter.Lit(roof, Vector3.Normalize(new(-side, 1.6f, 0))), CityscapesId.Building);
        painter.Face([new(facade, height, from), new(back, ridge, from), new(facade + side * Depth, height, from)],
            painter.Lit(wall, -Vector3.UnitZ), CityscapesId.Building);
        SceneRandom random = new(seed + 1);
        for (var z = from + random.Range(2, 5); z < to - 1; z += random.Range(4, 12))
        {
            var brick = painter.Lit(new SKColor(132, 88, 74), -Vector3.UnitZ);
            var x = facade + side * Depth * 0.34f;
            painter.Face([new(x, height, z), new(x + side, height, z), new(x + side, ridge + 0.8f, z), new(x, ridge + 0.8f, z)], brick,
                CityscapesId.Building);
        }
    }

    private void DrawEnd(ScenePainter painter, SceneRandom random)
    {
        var normal = -Vector3.UnitZ;
        var back = facade + side * Depth;
        painter.Face([new(facade, 0, from), new(facade, height, from), new(back, height, from), new(back, 0, from)],
            painter.Lit(Tint.Times(wall, 0.97f), normal), CityscapesId.Building);
        if (painter.Camera.Scale(Math.Max(painter.Camera.Depth(from), 1)) < 5 || random.Chance(0.4f))
            return;
        for (var floor = groundFloor; floor + windowHeight < height; floor += floorHeight)
        {
            for (var offset = 1.8f; offset < Depth - 1; offset += spacing * 1.5f)
            {
                float x = facade + side * offset, x2 = x + side * windowWidth;
                painter.Face([new(x, floor, from), new(x, floor + windowHeight, from), new(x2, floor + windowHeight, from),
                    new(x2, floor, from)],
                    Glass(painter, random, normal));
            }
        }
    }

    private void DrawStains(ScenePainter painter, SceneRandom random, Vector3 outward)
    {
        for (var i = 0; i < 9; i++)
        {
            var (z, y) = (random.Range(from, to), random.Range(0, height));
            var color = painter.Lit(random.Chance(0.5f) ? SKColors.Black : SKColors.White, outward).WithAlpha((byte)random.Range(6, 26));
            painter.Face(Front(z, Math.Min(to, z + random.Range(0.5f, 4)), y, Math.Min(height, y + random.Range(0.5f, 5))), color);
        }
        painter.Face(Front(from, to, 0, 0.6f), painter.Lit(Tint.Times(wall, 0.72f), outward).WithAlpha(150));
        if (!bands)
            return;
        for (var floor = groundFloor; floor < height - 1; floor += floorHeight)
            painter.Face(Front(from, to, floor - 0.28f, floor - 0.05f), painter.Lit(frame, outward).WithAlpha(150));
    }

    private void DrawFloors(ScenePainter painter, SceneRandom random, Vector3 outward)
    {
        var columns = Math.Max(1, (int)((to - from - 0.6f) / spacing));
        var margin = (to - from - columns * spacing + spacing - windowWidth) / 2;
        DrawGroundFloor(painter, random, outward, columns, margin);
        for (var floor = groundFloor; floor + floorHeight <= height; floor += floorHeight)
        {
            for (var column = 0; column < columns; column++)
            {
                var z = from + margin + column * spacing;
                var color = Glass(painter, random, outward);
                var (blind, balcony) = (random.Chance(0.25f) ? random.Range(0.2f, 0.9f) : 0, bands && random.Chance(0.12f));
                // A window under a pixel wide or behind the camera shows nothing.
                var depth = painter.Camera.Depth(z);
                if (depth + windowWidth < Camera.Near || painter.Camera.Scale(Math.Max(depth, 2)) * windowHeight < 1.2f)
                    continue;
                var sill = floor + (floorHeight - windowHeight) * 0.45f;
                if (framed)
                    painter.Face(Front(z - 0.14f, z + windowWidth + 0.14f, sill - 0.14f, sill + windowHeight + 0.14f),
                        painter.Lit(frame, outward));
                painter.Face(Front(z, z + windowWidth, sill, sill + windowHeight), color);
                if (depth < 45)
                    DrawPanes(painter, z, sill, blind, outward);
                if (balcony)
                    painter.Face(Front(z - 0.4f, z + windowWidth + 0.4f, sill - 0.4f, sill + 0.6f, 0.7f),
                        painter.Lit(Tint.Times(frame, 0.7f), outward), CityscapesId.Building);
            }
        }
    }

    private void DrawPanes(ScenePainter painter, float z, float sill, float blind, Vector3 outward)
    {
        if (blind > 0)
            painter.Face(Front(z, z + windowWidth, sill + windowHeight * (1 - blind), sill + windowHeight),
                painter.Lit(new SKColor(206, 202, 192), outward).WithAlpha(200));
        var bar = painter.Lit(frame, outward);
        var middle = z + windowWidth / 2;
        painter.Face(Front(middle - 0.04f, middle + 0.04f, sill, sill + windowHeight), bar);
        painter.Face(Front(z, z + windowWidth, sill + windowHeight * 0.66f, sill + windowHeight * 0.66f + 0.07f), bar);
        painter.Face(Front(z - 0.1f, z + windowWidth + 0.1f, sill - 0.1f, sill), Tint.Times(bar, 0.85f));
    }

    private void DrawGroundFloor(ScenePainter painter, SceneRandom random, Vector3 outward, int columns, float margin)
    {
        var awning = Tint.Vary(random.Pick<SKColor>(Awnings), random, 0.15f);
        for (var column = 0; column < columns; column++)
        {
            var z = from + margin + column * spacing;
            var (door, lit) = (random.Chance(0.16f), Glass(painter, random, outward));
            if (door)
                painter.Face(Front(z, z + 1.1f, 0.13f, 2.4f), painter.Lit(Tint.Vary(new SKColor(94, 66, 46), random, 0.4f), outward));
            else if (shops)
                painter.Face(Front(z - 0.25f, z + windowWidth + 0.5f, 0.7f, 2.75f), lit);
            else
                painter.Face(Front(z, z + windowWidth, 1.1f, 1.1f + windowHeight), lit);
        }
        if (!shops)
            return;
        painter.Face(Front(from + 0.3f, to - 0.3f, 2.85f, 3.3f), painter.Lit(Tint.Times(awning, 0.9f), outward));
        for (var z = from + margin; z + 3 < to; z += 7)
        {
            var roofed = facade - side * 1.2f;
            if (random.Chance(0.45f))
                painter.Face([new(facade, 2.9f, z), new(roofed, 2.35f, z), new(roofed, 2.35f, z + 3), new(facade, 2.9f, z + 3)],
                    painter.Lit(awning, Vector3.Normalize(new(-side, 2, 0))), CityscapesId.Building);
        }
    }

    private static SKColor Glass(ScenePainter painter, SceneRandom random, Vector3 normal)
    {
        var dark = Tint.Mix(new SKColor(42, 48, 56), painter.Light.SkyTop, random.Range(0.05f, 0.5f));
        var lamp = random.Chance(painter.Light.LitWindows);
        var shade = random.Range(0.65f, 1.15f);
        return lamp ? Tint.Times(new SKColor(250, 212, 138), Math.Min(1, shade)) : Tint.Times(painter.Lit(dark, normal), shade);
    }
}
