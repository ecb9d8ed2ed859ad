namespace SkiaSharp;

/// <summary>Sizes of a font's lines in the canvas's units; y points down, so that what is above the base line is negative.</summary>
public readonly struct SKFontMetrics
{
    internal SKFontMetrics(float ascent, float descent, float leading, float maxCharacterWidth, float xHeight, float capHeight) =>
        (Ascent, Descent, Leading, MaxCharacterWidth, XHeight, CapHeight) =
            (ascent, descent, leading, maxCharacterWidth, xHeight, capHeight);

    /// <summary>From the base line to the top of the letters; at most 0.</summary>
    public float Ascent { get; }

    /// <summary>From the base line to the bottom of the letters; at least 0.</summary>
    public float Descent { get; }

    /// <summary>The gap to add between lines.</summary>
    public float Leading { get; }

    public float Top => Ascent;

    public float Bottom => Descent;

    public float MaxCharacterWidth { get; }

    /// <summary>Height of a small x.</summary>
    public float XHeight { get; }

    /// <summary>Height of a capital H.</summary>
    public float CapHeight { get; }
}
