using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>A meadow with trees, hedges, a path, and things that lie about.</summary>
internal sealed class ParkStage : IStage
{
    private readonly List<ISceneItem> items = [];
    private readonly Sky sky;
    private readonly SKColor grass, path;
    private readonly float pathLeft, pathWidth;
    private readonly ulong seed;

    public ParkStage(SceneRandom random, int width, int height)
    {
        Light = Light.Create(random);
        Camera = StageCamera.Create(random, width, height);
        sky = new Sky(random.Seed());
        seed = random.Seed();
        grass = Tint.Vary(random.Pick<SKColor>([new(104, 128, 58), new(86, 116, 60), new(134, 138, 74), new(150, 136, 100),
            new(190, 172, 132)]), random, 0.18f);
        path = Tint.Vary(random.Pick<SKColor>([new(176, 160, 132), new(146, 144, 140), new(164, 126, 96)]), random, 0.1f);
        (pathLeft, pathWidth) = (random.Range(-6, 3), random.Chance(0.6f) ? random.Range(1.2f, 4) : 0);
        items.Add(new Skyline(random.Seed(), random.Range(110, 220)));
        for (var i = 6 + random.Integer(14); i > 0; i--)
            items.Add(new Tree(random, random.Range(-26, 26), 0, random.Range(10, 48), random.Range(0.7f, 1.3f)));
        for (var i = random.Integer(6); i > 0; i--)
        {
            var z = random.Range(9, 30);
            items.Add(new Hedge(random, random.Range(-14, 14), z, z + random.Range(0.5f, 4), random.Range(0.7f, 2.2f)));
        }
        items.AddRange(Clutter.Create(random, Floor, Depth));
    }

    public Light Light { get; }

    public Camera Camera { get; }

    public float Floor => 0;

    public float Depth => 10;

    public void Draw(ScenePainter painter, float seconds, IReadOnlyList<ISceneItem> guests)
    {
        sky.Draw(painter);
        painter.Strip(-200, 200, 0, painter.Lit(grass, Vector3.UnitY), CityscapesId.Terrain);
        SceneRandom random = new(seed);
        for (var i = 0; i < 260; i++)
        {
            var z = 1 + 24 * random.Unit() * random.Unit();
            var (x, size) = (random.Range(-0.9f, 0.9f) * (z + 1), random.Range(0.05f, 0.6f));
            var color = painter.Lit(Tint.Vary(grass, random, 0.45f), Vector3.UnitY).WithAlpha((byte)random.Range(60, 150));
            painter.Face([new(x - size, 0, z), new(x, 0, z + size * 0.7f), new(x + size, 0, z), new(x, 0, z - size * 0.7f)], color);
        }
        if (pathWidth > 0)
            painter.Strip(pathLeft, pathLeft + pathWidth, 0, painter.Lit(path, Vector3.UnitY), CityscapesId.Sidewalk);
        SceneOrder.Draw(painter, [.. items, .. guests], seconds);
    }
}
