using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Time of day and weather: where the sun stands and what colour everything takes from it.</summary>
internal sealed record Light
{
    /// <summary>From the scene to the sun, of length 1; x to the right, y up, z forward.</summary>
    public required Vector3 ToSun { get; init; }

    /// <summary>What the sun adds to a surface that faces it, in red, green and blue.</summary>
    public required Vector3 Sun { get; init; }

    /// <summary>What every surface gets from the sky.</summary>
    public required Vector3 Ambient { get; init; }

    public required SKColor SkyTop { get; init; }

    public required SKColor SkyHorizon { get; init; }

    /// <summary>Colour of what is far away.</summary>
    public required SKColor Haze { get; init; }

    /// <summary>Distance in metres at which haze has taken 63 % of a colour.</summary>
    public required float HazeDistance { get; init; }

    /// <summary>0 is a clear sky, 1 a covered one.</summary>
    public required float Clouds { get; init; }

    /// <summary>Share of windows with light in them.</summary>
    public float LitWindows { get; init; }

    /// <summary>Darkness of cast shadows, 0–1.</summary>
    public required float Shadow { get; init; }

    /// <summary>Whether vehicles have their lights on.</summary>
    public bool LightsOn { get; init; }

    public static Light Create(SceneRandom random)
    {
        var kind = random.Unit();
        return kind < 0.42f ? Noon(random) : kind < 0.64f ? LowSun(random) : kind < 0.88f ? Overcast(random) : Dusk(random);
    }

    /// <summary>Factor for the colour of a surface.</summary>
    public Vector3 On(Vector3 normal) => Ambient + Sun * Math.Max(0, Vector3.Dot(normal, ToSun));

    private static Light Noon(SceneRandom random)
    {
        var haze = new SKColor(205, 216, 228);
        return new Light
        {
            ToSun = Direction(random.Range(0, 360), random.Range(35, 62)),
            Sun = new Vector3(0.6f, 0.56f, 0.48f) * random.Range(0.85f, 1.1f),
            Ambient = new Vector3(0.6f, 0.64f, 0.7f) * random.Range(0.92f, 1.06f),
            SkyTop = Tint.Vary(new SKColor(82, 138, 206), random, 0.12f),
            SkyHorizon = Tint.Vary(new SKColor(198, 220, 240), random, 0.06f),
            Haze = haze,
            HazeDistance = random.Range(170, 420),
            Clouds = random.Range(0.1f, 0.8f),
            Shadow = random.Range(0.3f, 0.42f),
        };
    }

    private static Light LowSun(SceneRandom random) => new()
    {
        ToSun = Direction(random.Range(0, 360), random.Range(12, 24)),
        Sun = new Vector3(0.85f, 0.6f, 0.36f),
        Ambient = new Vector3(0.55f, 0.53f, 0.58f) * random.Range(0.9f, 1.05f),
        SkyTop = Tint.Vary(new SKColor(98, 128, 178), random, 0.12f),
        SkyHorizon = Tint.Vary(new SKColor(248, 206, 158), random, 0.06f),
        Haze = new SKColor(226, 200, 174),
        HazeDistance = random.Range(120, 280),
        Clouds = random.Range(0.1f, 0.7f),
        Shadow = random.Range(0.26f, 0.38f),
        LitWindows = 0.08f,
    };

    private static Light Overcast(SceneRandom random)
    {
        var gray = random.Range(0.86f, 1.04f);
        return new Light
        {
            ToSun = Direction(random.Range(0, 360), 60),
            Sun = new Vector3(0.1f),
            Ambient = new Vector3(0.72f, 0.75f, 0.79f) * random.Range(0.82f, 1.05f),
            SkyTop = Tint.Times(new SKColor(176, 184, 194), gray),
            SkyHorizon = Tint.Times(new SKColor(222, 226, 230), gray),
            Haze = Tint.Times(new SKColor(206, 211, 216), gray),
            HazeDistance = random.Range(80, 220),
            Clouds = 1,
            Shadow = 0,
            LitWindows = random.Range(0, 0.15f),
        };
    }

    private static Light Dusk(SceneRandom random) => new()
    {
        ToSun = Direction(random.Range(0, 360), 15),
        Sun = new Vector3(0.08f, 0.06f, 0.05f),
        Ambient = new Vector3(0.44f, 0.45f, 0.56f) * random.Range(0.85f, 1.1f),
        SkyTop = Tint.Vary(new SKColor(52, 66, 110), random, 0.15f),
        SkyHorizon = Tint.Vary(new SKColor(188, 150, 150), random, 0.12f),
        Haze = new SKColor(128, 122, 142),
        HazeDistance = random.Range(120, 260),
        Clouds = random.Range(0.1f, 0.6f),
        Shadow = 0,
        LitWindows = random.Range(0.25f, 0.5f),
        LightsOn = true,
    };

    private static Vector3 Direction(float azimuthDegrees, float elevationDegrees)
    {
        var (azimuth, elevation) = (azimuthDegrees * MathF.PI / 180, elevationDegrees * MathF.PI / 180);
        return new(MathF.Sin(azimuth) * MathF.Cos(elevation), MathF.Sin(elevation), MathF.Cos(azimuth) * MathF.Cos(elevation));
    }
}
