using System.Globalization;

namespace SkiaSharp;

/// <summary>A colour with straight (not premultiplied) alpha, each part 0–255; as a number 0xAARRGGBB.</summary>
public readonly struct SKColor : IEquatable<SKColor>
{
    public static readonly SKColor Empty;

    private readonly uint color;

    public SKColor(uint value) => color = value;

    public SKColor(byte red, byte green, byte blue) : this(red, green, blue, 255) { }

    public SKColor(byte red, byte green, byte blue, byte alpha) =>
        color = (uint)((alpha << 24) | (red << 16) | (green << 8) | blue);

    public byte Alpha => (byte)(color >> 24);

    public byte Red => (byte)(color >> 16);

    public byte Green => (byte)(color >> 8);

    public byte Blue => (byte)color;

    public SKColor WithRed(byte red) => new(red, Green, Blue, Alpha);

    public SKColor WithGreen(byte green) => new(Red, green, Blue, Alpha);

    public SKColor WithBlue(byte blue) => new(Red, Green, blue, Alpha);

    public SKColor WithAlpha(byte alpha) => new(Red, Green, Blue, alpha);

    /// <param name="h">Hue in degrees, 0–360.</param>
    /// <param name="s">Saturation, 0–100.</param>
    /// <param name="l">Lightness, 0–100.</param>
    /// <param name="a">Alpha, 0–255.</param>
    public static SKColor FromHsl(float h, float s, float l, byte a = 255)
    {
        var (lightness, chroma) = (l / 100, (1 - Math.Abs(2 * l / 100 - 1)) * s / 100);
        return FromChroma(h, chroma, lightness - chroma / 2, a);
    }

    /// <param name="h">Hue in degrees, 0–360.</param>
    /// <param name="s">Saturation, 0–100.</param>
    /// <param name="v">Value, 0–100.</param>
    /// <param name="a">Alpha, 0–255.</param>
    public static SKColor FromHsv(float h, float s, float v, byte a = 255)
    {
        var (value, chroma) = (v / 100, v / 100 * s / 100);
        return FromChroma(h, chroma, value - chroma, a);
    }

    /// <summary>Reads #RGB, #ARGB, #RRGGBB or #AARRGGBB; the # may be absent.</summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    public static SKColor Parse(string hexString) =>
        TryParse(hexString, out var color) ? color : throw new ArgumentException("Invalid hexadecimal color string.", nameof(hexString));

    public static bool TryParse(string hexString, out SKColor color)
    {
        color = Empty;
        var digits = hexString.AsSpan().Trim().TrimStart('#');
        if (digits.Length is not (3 or 4 or 6 or 8)
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        if (digits.Length <= 4)
        {
            // each digit stands for two alike
            var (a, r, g, b) = (value >> 12, (value >> 8) & 15, (value >> 4) & 15, value & 15);
            value = (((digits.Length == 3 ? 15 : a) << 24) | (r << 16) | (g << 8) | b) * 0x11;
        }
        color = new SKColor(digits.Length is 3 or 6 ? value | 0xFF000000 : value);
        return true;
    }

    public bool Equals(SKColor obj) => obj.color == color;

    public override bool Equals(object? other) => other is SKColor color && Equals(color);

    public override int GetHashCode() => color.GetHashCode();

    public override string ToString() => $"#{Alpha:x2}{Red:x2}{Green:x2}{Blue:x2}";

    public static bool operator ==(SKColor left, SKColor right) => left.Equals(right);

    public static bool operator !=(SKColor left, SKColor right) => !left.Equals(right);

    public static implicit operator SKColor(uint color) => new(color);

    public static explicit operator uint(SKColor color) => color.color;

    private static SKColor FromChroma(float hue, float chroma, float floor, byte alpha)
    {
        var sector = (hue % 360 + 360) % 360 / 60;
        var second = chroma * (1 - Math.Abs(sector % 2 - 1));
        var (red, green, blue) = (int)sector switch
        {
            0 => (chroma, second, 0f),
            1 => (second, chroma, 0f),
            2 => (0f, chroma, second),
            3 => (0f, second, chroma),
            4 => (second, 0f, chroma),
            _ => (chroma, 0f, second),
        };
        return new SKColor(ToByte(red + floor), ToByte(green + floor), ToByte(blue + floor), alpha);
    }

    private static byte ToByte(float part) => (byte)Math.Clamp(MathF.Round(part * 255), 0, 255);
}
