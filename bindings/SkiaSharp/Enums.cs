// The enumerations of SkiaSharp that the binding knows, with SkiaSharp's values.
namespace SkiaSharp;

/// <summary>The order and size of a pixel's parts in memory.</summary>
public enum SKColorType
{
    Unknown = 0,
    Rgba8888 = 4,
    Bgra8888 = 6,
    Gray8 = 9,
}

/// <summary>How a pixel's alpha acts on its colour.</summary>
public enum SKAlphaType
{
    Unknown = 0,
    Opaque = 1,
    Premul = 2,
    Unpremul = 3,
}

/// <summary>How a drawn colour and the one beneath it become one; those of SkiaSharp that Cairo has with the same meaning.</summary>
public enum SKBlendMode
{
    Clear = 0,
    Src = 1,
    Dst = 2,
    SrcOver = 3,
    DstOver = 4,
    DstOut = 8,
    SrcATop = 9,
    Xor = 11,
    Plus = 12,
    Screen = 14,
    Overlay = 15,
    Darken = 16,
    Lighten = 17,
    ColorDodge = 18,
    ColorBurn = 19,
    HardLight = 20,
    SoftLight = 21,
    Difference = 22,
    Exclusion = 23,
    Multiply = 24,
}

public enum SKPaintStyle { Fill = 0, Stroke = 1, StrokeAndFill = 2 }

public enum SKStrokeCap { Butt = 0, Round = 1, Square = 2 }

public enum SKStrokeJoin { Miter = 0, Round = 1, Bevel = 2 }

public enum SKPathFillType { Winding = 0, EvenOdd = 1 }

public enum SKPathDirection { Clockwise = 0, CounterClockwise = 1 }

public enum SKPointMode { Points = 0, Lines = 1, Polygon = 2 }

public enum SKClipOperation { Difference = 0, Intersect = 1 }

public enum SKShaderTileMode { Clamp = 0, Repeat = 1, Mirror = 2, Decal = 3 }

public enum SKTextAlign { Left = 0, Center = 1, Right = 2 }

public enum SKEncodedImageFormat { Jpeg = 3, Png = 4, Webp = 6 }

public enum SKFilterMode { Nearest = 0, Linear = 1 }

public enum SKMipmapMode { None = 0, Nearest = 1, Linear = 2 }

public enum SKFontEdging { Alias = 0, Antialias = 1, SubpixelAntialias = 2 }

public enum SKFontHinting { None = 0, Slight = 1, Normal = 2, Full = 3 }

public enum SKFontStyleWeight
{
    Invisible = 0,
    Thin = 100,
    ExtraLight = 200,
    Light = 300,
    Normal = 400,
    Medium = 500,
    SemiBold = 600,
    Bold = 700,
    ExtraBold = 800,
    Black = 900,
    ExtraBlack = 1000,
}

public enum SKFontStyleWidth
{
    UltraCondensed = 1,
    ExtraCondensed = 2,
    Condensed = 3,
    SemiCondensed = 4,
    Normal = 5,
    SemiExpanded = 6,
    Expanded = 7,
    ExtraExpanded = 8,
    UltraExpanded = 9,
}

public enum SKFontStyleSlant { Upright = 0, Italic = 1, Oblique = 2 }
