using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>Arithmetic on colours.</summary>
internal static class Tint
{
    /// <summary><paramref name="a"/> at 0, <paramref name="b"/> at 1.</summary>
    public static SKColor Mix(SKColor a, SKColor b, float t)
    {
        t = Math.Clamp(t, 0, 1);
        return new(Byte(a.Red + (b.Red - a.Red) * t), Byte(a.Green + (b.Green - a.Green) * t), Byte(a.Blue + (b.Blue - a.Blue) * t),
            Byte(a.Alpha + (b.Alpha - a.Alpha) * t));
    }

    /// <summary>Each of red, green and blue times its factor; the alpha stays.</summary>
    public static SKColor Times(SKColor color, Vector3 light) =>
        new(Byte(color.Red * light.X), Byte(color.Green * light.Y), Byte(color.Blue * light.Z), color.Alpha);

    public static SKColor Times(SKColor color, float light) => Times(color, new Vector3(light));

    /// <summary>A little lighter or darker, and a little warmer or colder.</summary>
    public static SKColor Vary(SKColor color, SceneRandom random, float reach)
    {
        var light = 1 + random.Around(0, reach);
        var warmth = random.Around(0, reach / 3);
        return Times(color, new Vector3(light + warmth, light, light - warmth));
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
