using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>A cairo_pattern_t: what a shape is filled with. It keeps an image that it shows alive.</summary>
internal sealed unsafe class CairoPattern : SafeHandle
{
    private readonly CairoSurface? image;

    public CairoPattern(nint pattern) : base(0, ownsHandle: true)
    {
        SetHandle(pattern);
        CairoError.Check(Cairo.cairo_pattern_status(pattern));
    }

    /// <summary>Takes over the reference to <paramref name="image"/>.</summary>
    public CairoPattern(CairoSurface image) : this(Cairo.cairo_pattern_create_for_surface(image.DangerousGetHandle())) =>
        this.image = image;

    public override bool IsInvalid => handle == 0;

    public void SetExtend(SKShaderTileMode mode) => Cairo.cairo_pattern_set_extend(handle, mode switch
    {
        SKShaderTileMode.Decal => 0,
        SKShaderTileMode.Repeat => 1,
        SKShaderTileMode.Mirror => 2,
        SKShaderTileMode.Clamp => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such tile mode."),
    });

    public void SetSampling(SKSamplingOptions sampling) => Cairo.cairo_pattern_set_filter(handle, sampling switch
    {
        { Filter: SKFilterMode.Nearest } => 3,
        { Mipmap: SKMipmapMode.None } => 4,
        _ => 1,                                   // CAIRO_FILTER_GOOD averages when it makes smaller, as mipmaps do
    });

    /// <param name="matrix">From the coordinates of the canvas to those of the pattern.</param>
    public void SetMatrix(CairoMatrix matrix) => Cairo.cairo_pattern_set_matrix(handle, &matrix);

    protected override bool ReleaseHandle()
    {
        Cairo.cairo_pattern_destroy(handle);
        image?.Dispose();
        return true;
    }
}
