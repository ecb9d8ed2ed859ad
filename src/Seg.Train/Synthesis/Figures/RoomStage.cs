using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A room: floor, walls with what hangs on them, and things on the floor.</summary>
internal sealed class RoomStage : IStage
{
    private static readonly SKColor[] Paints =
        [new(232, 226, 214), new(206, 212, 216), new(182, 196, 178), new(214, 186, 160), new(150, 168, 188), new(196, 160, 164),
            new(120, 124, 130), new(238, 214, 150)];

    private static readonly SKColor[] Floors = [new(168, 128, 88), new(120, 84, 58), new(196, 190, 180), new(128, 130, 136),
        new(150, 66, 56), new(92, 110, 100)];

    private readonly List<ISceneItem> items = [];
    private readonly SKColor paint, pattern, floor;
    private readonly float wall, left, right, height, plank;
    private readonly int wallKind, floorKind;
    private readonly ulong seed;

    public RoomStage(SceneRandom random, int width, int height)
    {
        paint = Tint.Vary(random.Pick<SKColor>(Paints), random, 0.12f);
        pattern = random.Chance(0.5f) ? Tint.Vary(paint, random, 0.3f) : Tint.Vary(random.Pick<SKColor>(Paints), random, 0.2f);
        floor = Tint.Vary(random.Pick<SKColor>(Floors), random, 0.2f);
        (wall, left, right, this.height) = (random.Range(4.2f, 9), -random.Range(2, 5), random.Range(2, 5), random.Range(2.5f, 3.6f));
        (wallKind, floorKind, plank, seed) = (random.Integer(4), random.Integer(3), random.Range(0.16f, 0.6f), random.Seed());
        Light = MakeLight(random);
        Camera = StageCamera.Create(random, width, height);
        items.AddRange(Clutter.Create(random, Floor, wall - 0.3f));
    }

    public Light Light { get; }

    public Camera Camera { get; }

    public float Floor => 0;

    public float Depth => wall - 0.5f;

    public void Draw(ScenePainter painter, float seconds, IReadOnlyList<ISceneItem> guests)
    {
        SceneRandom random = new(seed);
        using (var ceiling = SKShader.CreateColor(Tint.Times(new SKColor(236, 234, 230), Light.Ambient)))
            painter.Backdrop(ceiling, CityscapesId.Building);
        DrawFloor(painter);
        DrawWall(painter, random);
        foreach (var (x, normal) in (ReadOnlySpan<(float, Vector3)>)[(left, Vector3.UnitX), (right, -Vector3.UnitX)])
        {
            painter.Face([new(x, 0, 0), new(x, height, 0), new(x, height, wall), new(x, 0, wall)],
                painter.Lit(Tint.Times(paint, 0.9f), normal), CityscapesId.Building);
            painter.Face([new(x, 0, 0), new(x, 0.1f, 0), new(x, 0.1f, wall), new(x, 0, wall)],
                painter.Lit(Tint.Times(paint, 0.7f), normal));
        }
        SceneOrder.Draw(painter, [.. items, .. guests], seconds);
    }

    private void DrawFloor(ScenePainter painter)
    {
        var up = Vector3.UnitY;
        painter.Strip(left, right, 0, painter.Lit(floor, up), CityscapesId.Sidewalk, to: wall);
        var joint = painter.Lit(Tint.Times(floor, 0.72f), up).WithAlpha(170);
        for (var x = left; floorKind > 0 && x < right; x += plank)
            painter.Strip(x - 0.006f, x + 0.006f, 0, joint, null, to: wall);
        for (var z = 1f; floorKind == 2 && z < wall; z += plank)
            painter.Face([new(left, 0, z), new(left, 0, z + 0.014f), new(right, 0, z + 0.014f), new(right, 0, z)], joint);
    }

    private void DrawWall(ScenePainter painter, SceneRandom random)
    {
        Box(painter, left, 0, right, height, paint, CityscapesId.Building);
        switch (wallKind)
        {
            case 0:                                        // stripes
                for (var x = left; x < right; x += plank * 1.4f)
                    Box(painter, x, 0, Math.Min(x + plank * 0.7f, right), height, pattern);
                break;
            case 1:                                        // bricks or tiles
                for (var (row, y) = (0, 0f); y < height; (row, y) = (row + 1, y + 0.24f))
                {
                    for (var x = left - row % 2 * 0.3f; x < right; x += 0.6f)
                        Box(painter, Math.Max(x, left), y, Math.Min(x + 0.57f, right), y + 0.215f, Tint.Vary(pattern, random, 0.1f));
                }
                break;
            case 2:                                        // a mural
                for (var i = 0; i < 40; i++)
                {
                    var (x, y, size) = (random.Range(left, right), random.Range(0, height), random.Range(0.05f, 0.6f));
                    var color = Tint.Mix(paint, SKColor.FromHsv(random.Range(0, 360), random.Range(10, 90), random.Range(30, 95)), 0.7f);
                    Box(painter, Math.Max(x - size, left), Math.Max(y - size * random.Unit(), 0), Math.Min(x + size, right),
                        Math.Min(y + size * random.Unit(), height), color);
                }
                break;
        }
        Box(painter, left, 0, right, 0.1f, Tint.Times(paint, 0.72f));
        for (var i = random.Integer(6); i > 0; i--)
            DrawHanging(painter, random);
    }

    /// <summary>A picture, a window or a shelf.</summary>
    private void DrawHanging(ScenePainter painter, SceneRandom random)
    {
        var (width, tall) = (random.Range(0.4f, 1.5f), random.Range(0.4f, 1.2f));
        var (x, y) = (random.Range(left + 0.2f, right - 0.2f - width), random.Range(0.7f, Math.Max(0.8f, height - 0.2f - tall)));
        var frame = Tint.Vary(random.Pick<SKColor>([new(70, 54, 40), new(222, 220, 214), new(40, 40, 42)]), random, 0.15f);
        Box(painter, x - 0.05f, y - 0.05f, x + width + 0.05f, y + tall + 0.05f, frame);
        var window = random.Chance(0.35f);
        Box(painter, x, y, x + width, y + tall, window ? new SKColor(214, 230, 244)
            : SKColor.FromHsv(random.Range(0, 360), random.Range(0, 60), random.Range(30, 95)));
        if (window)
        {
            Box(painter, x + width * 0.48f, y, x + width * 0.52f, y + tall, frame);
            return;
        }
        for (var i = random.Integer(9); i > 0; i--)
        {
            var (at, thick) = (x + random.Range(0, 0.85f) * width, random.Range(0.03f, 0.15f) * width);
            var foot = y + (random.Chance(0.5f) ? 0 : random.Range(0, 0.6f) * tall);
            Box(painter, at, foot, at + thick, foot + random.Range(0.15f, 0.4f) * tall,
                SKColor.FromHsv(random.Range(0, 360), random.Range(10, 80), random.Range(20, 90)));
        }
    }

    private void Box(ScenePainter painter, float fromX, float fromY, float toX, float toY, SKColor color, byte? label = null) =>
        painter.Face([new(fromX, fromY, wall), new(fromX, toY, wall), new(toX, toY, wall), new(toX, fromY, wall)],
            painter.Lit(color, -Vector3.UnitZ), label);

    private Light MakeLight(SceneRandom random)
    {
        var sky = Tint.Mix(paint, SKColors.White, 0.4f);
        return new Light
        {
            ToSun = Vector3.Normalize(new(random.Around(0, 0.9f), 1.3f, -random.Range(0.1f, 0.9f))),
            Sun = new Vector3(0.42f, 0.39f, 0.34f) * random.Range(0.6f, 1.2f),
            Ambient = new Vector3(0.66f, 0.65f, 0.64f) * random.Range(0.75f, 1.05f),
            SkyTop = sky,
            SkyHorizon = sky,
            Haze = sky,
            HazeDistance = 400,
            Clouds = 0,
            Shadow = random.Range(0.08f, 0.22f),
        };
    }
}
