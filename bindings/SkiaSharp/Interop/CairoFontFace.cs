using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>A cairo_font_face_t of Cairo's own choice of fonts by name, which asks fontconfig.</summary>
internal sealed class CairoFontFace : SafeHandle
{
    public CairoFontFace(string family, bool bold, SKFontStyleSlant slant) : base(0, ownsHandle: true)
    {
        SetHandle(Cairo.cairo_toy_font_face_create(family, (int)slant, bold ? 1 : 0));
        CairoError.Check(Cairo.cairo_font_face_status(handle));
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.cairo_font_face_destroy(handle);
        return true;
    }
}
