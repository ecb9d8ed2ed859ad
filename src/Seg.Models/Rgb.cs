using System.Globalization;

namespace Seg.Models;

/// <summary>A colour, each part 0–255. In configurations "#ff8000" or [255, 128, 0].</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Reads "#ff8000".</summary>
    public static bool TryParse(string text, out Rgb color)
    {
        color = default;
        if (text is not ['#', .. { Length: 6 } digits] || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        color = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }
}
