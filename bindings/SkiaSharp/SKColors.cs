namespace SkiaSharp;

/// <summary>The named colours of CSS.</summary>
public static class SKColors
{
    public static readonly SKColor Empty = new(0x00000000), Transparent = new(0x00FFFFFF);

    public static readonly SKColor
        AliceBlue = new(0xFFF0F8FF), AntiqueWhite = new(0xFFFAEBD7), Aqua = new(0xFF00FFFF),
        Aquamarine = new(0xFF7FFFD4), Azure = new(0xFFF0FFFF);

    public static readonly SKColor
        Beige = new(0xFFF5F5DC), Bisque = new(0xFFFFE4C4), Black = new(0xFF000000),
        BlanchedAlmond = new(0xFFFFEBCD), Blue = new(0xFF0000FF), BlueViolet = new(0xFF8A2BE2),
        Brown = new(0xFFA52A2A), BurlyWood = new(0xFFDEB887);

    public static readonly SKColor
        CadetBlue = new(0xFF5F9EA0), Chartreuse = new(0xFF7FFF00), Chocolate = new(0xFFD2691E),
        Coral = new(0xFFFF7F50), CornflowerBlue = new(0xFF6495ED), Cornsilk = new(0xFFFFF8DC),
        Crimson = new(0xFFDC143C), Cyan = new(0xFF00FFFF);

    public static readonly SKColor
        DarkBlue = new(0xFF00008B), DarkCyan = new(0xFF008B8B), DarkGoldenrod = new(0xFFB8860B),
        DarkGray = new(0xFFA9A9A9), DarkGreen = new(0xFF006400), DarkKhaki = new(0xFFBDB76B),
        DarkMagenta = new(0xFF8B008B), DarkOliveGreen = new(0xFF556B2F), DarkOrange = new(0xFFFF8C00),
        DarkOrchid = new(0xFF9932CC), DarkRed = new(0xFF8B0000), DarkSalmon = new(0xFFE9967A),
        DarkSeaGreen = new(0xFF8FBC8B), DarkSlateBlue = new(0xFF483D8B), DarkSlateGray = new(0xFF2F4F4F),
        DarkTurquoise = new(0xFF00CED1), DarkViolet = new(0xFF9400D3), DeepPink = new(0xFFFF1493),
        DeepSkyBlue = new(0xFF00BFFF), DimGray = new(0xFF696969), DodgerBlue = new(0xFF1E90FF);

    public static readonly SKColor
        Firebrick = new(0xFFB22222), FloralWhite = new(0xFFFFFAF0), ForestGreen = new(0xFF228B22),
        Fuchsia = new(0xFFFF00FF);

    public static readonly SKColor
        Gainsboro = new(0xFFDCDCDC), GhostWhite = new(0xFFF8F8FF), Gold = new(0xFFFFD700),
        Goldenrod = new(0xFFDAA520), Gray = new(0xFF808080), Green = new(0xFF008000),
        GreenYellow = new(0xFFADFF2F);

    public static readonly SKColor
        Honeydew = new(0xFFF0FFF0), HotPink = new(0xFFFF69B4);

    public static readonly SKColor
        IndianRed = new(0xFFCD5C5C), Indigo = new(0xFF4B0082), Ivory = new(0xFFFFFFF0);

    public static readonly SKColor
        Khaki = new(0xFFF0E68C);

    public static readonly SKColor
        Lavender = new(0xFFE6E6FA), LavenderBlush = new(0xFFFFF0F5), LawnGreen = new(0xFF7CFC00),
        LemonChiffon = new(0xFFFFFACD), LightBlue = new(0xFFADD8E6), LightCoral = new(0xFFF08080),
        LightCyan = new(0xFFE0FFFF), LightGoldenrodYellow = new(0xFFFAFAD2), LightGray = new(0xFFD3D3D3),
        LightGreen = new(0xFF90EE90), LightPink = new(0xFFFFB6C1), LightSalmon = new(0xFFFFA07A),
        LightSeaGreen = new(0xFF20B2AA), LightSkyBlue = new(0xFF87CEFA), LightSlateGray = new(0xFF778899),
        LightSteelBlue = new(0xFFB0C4DE), LightYellow = new(0xFFFFFFE0), Lime = new(0xFF00FF00),
        LimeGreen = new(0xFF32CD32), Linen = new(0xFFFAF0E6);

    public static readonly SKColor
        Magenta = new(0xFFFF00FF), Maroon = new(0xFF800000), MediumAquamarine = new(0xFF66CDAA),
        MediumBlue = new(0xFF0000CD), MediumOrchid = new(0xFFBA55D3), MediumPurple = new(0xFF9370DB),
        MediumSeaGreen = new(0xFF3CB371), MediumSlateBlue = new(0xFF7B68EE), MediumSpringGreen = new(0xFF00FA9A),
        MediumTurquoise = new(0xFF48D1CC), MediumVioletRed = new(0xFFC71585), MidnightBlue = new(0xFF191970),
        MintCream = new(0xFFF5FFFA), MistyRose = new(0xFFFFE4E1), Moccasin = new(0xFFFFE4B5);

    public static readonly SKColor
        NavajoWhite = new(0xFFFFDEAD), Navy = new(0xFF000080);

    public static readonly SKColor
        OldLace = new(0xFFFDF5E6), Olive = new(0xFF808000), OliveDrab = new(0xFF6B8E23),
        Orange = new(0xFFFFA500), OrangeRed = new(0xFFFF4500), Orchid = new(0xFFDA70D6);

    public static readonly SKColor
        PaleGoldenrod = new(0xFFEEE8AA), PaleGreen = new(0xFF98FB98), PaleTurquoise = new(0xFFAFEEEE),
        PaleVioletRed = new(0xFFDB7093), PapayaWhip = new(0xFFFFEFD5), PeachPuff = new(0xFFFFDAB9),
        Peru = new(0xFFCD853F), Pink = new(0xFFFFC0CB), Plum = new(0xFFDDA0DD),
        PowderBlue = new(0xFFB0E0E6), Purple = new(0xFF800080);

    public static readonly SKColor
        Red = new(0xFFFF0000), RosyBrown = new(0xFFBC8F8F), RoyalBlue = new(0xFF4169E1);

    public static readonly SKColor
        SaddleBrown = new(0xFF8B4513), Salmon = new(0xFFFA8072), SandyBrown = new(0xFFF4A460),
        SeaGreen = new(0xFF2E8B57), SeaShell = new(0xFFFFF5EE), Sienna = new(0xFFA0522D),
        Silver = new(0xFFC0C0C0), SkyBlue = new(0xFF87CEEB), SlateBlue = new(0xFF6A5ACD),
        SlateGray = new(0xFF708090), Snow = new(0xFFFFFAFA), SpringGreen = new(0xFF00FF7F),
        SteelBlue = new(0xFF4682B4);

    public static readonly SKColor
        Tan = new(0xFFD2B48C), Teal = new(0xFF008080), Thistle = new(0xFFD8BFD8),
        Tomato = new(0xFFFF6347), Turquoise = new(0xFF40E0D0);

    public static readonly SKColor
        Violet = new(0xFFEE82EE);

    public static readonly SKColor
        Wheat = new(0xFFF5DEB3), White = new(0xFFFFFFFF), WhiteSmoke = new(0xFFF5F5F5);

    public static readonly SKColor
        Yellow = new(0xFFFFFF00), YellowGreen = new(0xFF9ACD32);
}
