using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>A cairo_t that draws on a surface, which it keeps alive.</summary>
internal sealed class CairoContext : SafeHandle
{
    private readonly CairoSurface surface;

    public CairoContext(CairoSurface surface) : base(0, ownsHandle: true)
    {
        this.surface = surface;
        var held = false;
        surface.DangerousAddRef(ref held);
        SetHandle(Cairo.cairo_create(surface.DangerousGetHandle()));
        CairoError.Check(Cairo.cairo_status(handle));
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Cairo.cairo_destroy(handle);
        surface.DangerousRelease();
        return true;
    }
}
