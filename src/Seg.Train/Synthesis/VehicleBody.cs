using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>The shape and paint of a vehicle. Lengths are in metres, from the middle of its foot.</summary>
internal abstract class VehicleBody
{
    private protected static readonly SKColor Rubber = new(30, 30, 33), Dark = new(40, 42, 46), RearLamp = new(158, 24, 26),
        FrontLamp = new(226, 228, 226);

    private static readonly SKColor[] Paints =
    [
        new(196, 198, 200), new(152, 156, 160), new(92, 96, 102), new(44, 46, 52), new(226, 226, 222), new(132, 30, 34), new(38, 62, 112),
        new(70, 92, 84), new(150, 126, 96), new(176, 92, 40), new(84, 118, 150), new(58, 60, 62), new(206, 206, 204),
    ];

    public required float Length { get; init; }

    public required float Width { get; init; }

    public required float Height { get; init; }

    public required SKColor Paint { get; init; }

    public abstract byte Label { get; }

    /// <summary>A car or van, and seldom a bus or truck where the classes hold them.</summary>
    public static VehicleBody Create(SceneRandom random, SceneClasses classes)
    {
        var paint = Tint.Vary(random.Pick<SKColor>(Paints), random, 0.15f);
        if (classes == SceneClasses.All && random.Chance(0.13f))
            return random.Chance(0.5f) ? BoxBody.Bus(random, paint) : BoxBody.Truck(random, paint);
        return random.Chance(0.14f) ? BoxBody.Van(random, paint) : CarBody.Create(random, paint);
    }

    /// <summary>Adds the faces, and unless it is far away what is on them.</summary>
    public abstract void Build(Solid solid, ScenePainter painter, bool detailed);

    /// <summary>An upright rectangle across the vehicle.</summary>
    private protected static Vector3[] Across(float z, float left, float right, float bottom, float top) =>
        [new(left, bottom, z), new(right, bottom, z), new(right, top, z), new(left, top, z)];

    /// <summary>An upright rectangle along the vehicle.</summary>
    private protected static Vector3[] Along(float x, float from, float to, float bottom, float top) =>
        [new(x, bottom, from), new(x, top, from), new(x, top, to), new(x, bottom, to)];

    /// <summary>The glass of a window as it mirrors the sky.</summary>
    private protected static SKColor Glass(ScenePainter painter, float mirror) =>
        Tint.Mix(new SKColor(36, 42, 50), painter.Light.SkyTop, mirror);

    /// <summary>A lamp, lit where vehicles have their lights on.</summary>
    private protected static void AddLamp(Solid solid, ScenePainter painter, SKColor color, SKColor lit,
        params ReadOnlySpan<Vector3> corners) =>
        solid.Detail(painter.Light.LightsOn ? lit : color, painter.Light.LightsOn, corners);

    /// <summary>A wheel on the side at <paramref name="x"/>, seen from outside; its tyre belongs to the outline.</summary>
    private protected static void AddWheel(Solid solid, float x, float z, float radius)
    {
        solid.Add(Rubber, 0, Circle(x, z, radius, radius));
        solid.Detail(new SKColor(136, 138, 142), false, Circle(x * 1.002f, z, radius, radius * 0.62f));
        solid.Detail(new SKColor(70, 72, 76), false, Circle(x * 1.003f, z, radius, radius * 0.22f));
    }

    private static Vector3[] Circle(float x, float z, float height, float radius)
    {
        var corners = new Vector3[14];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(i * MathF.Tau / corners.Length);
            corners[i] = new(x, height + radius * sine, z + radius * cosine);
        }
        return corners;
    }
}
