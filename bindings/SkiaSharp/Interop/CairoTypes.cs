using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>cairo_matrix_t: x' = XX·x + XY·y + X0, y' = YX·x + YY·y + Y0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoMatrix
{
    public double XX, YX, XY, YY, X0, Y0;

    public readonly double Determinant => XX * YY - XY * YX;

    /// <exception cref="NotSupportedException">The matrix has perspective, which Cairo cannot draw.</exception>
    public static CairoMatrix From(in SKMatrix m)
    {
        if (m.Persp0 != 0 || m.Persp1 != 0 || m.Persp2 != 1)
            throw new NotSupportedException("Cairo has no perspective transformation: Persp0 and Persp1 must be 0 and Persp2 must be 1.");
        return new CairoMatrix { XX = m.ScaleX, XY = m.SkewX, X0 = m.TransX, YX = m.SkewY, YY = m.ScaleY, Y0 = m.TransY };
    }

    public readonly SKMatrix ToSkia() =>
        new((float)XX, (float)XY, (float)X0, (float)YX, (float)YY, (float)Y0, 0, 0, 1);
}

/// <summary>cairo_font_extents_t, in the units of the text.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoFontExtents
{
    public double Ascent, Descent, Height, MaxXAdvance, MaxYAdvance;
}

/// <summary>cairo_text_extents_t; the bearings go from the origin to the ink's top left corner.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoTextExtents
{
    public double XBearing, YBearing, Width, Height, XAdvance, YAdvance;
}
