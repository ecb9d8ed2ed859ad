namespace SkiaSharp.Interop;

/// <summary>A linear or radial gradient.</summary>
internal sealed class GradientShader : SKShader
{
    private readonly Func<nint> create;
    private readonly SKColor[] colors;
    private readonly float[]? positions;
    private readonly SKShaderTileMode mode;
    private readonly CairoMatrix toGradient;

    public GradientShader(Func<nint> create, SKColor[] colors, float[]? colorPos, SKShaderTileMode mode, SKMatrix localMatrix)
    {
        ArgumentNullException.ThrowIfNull(colors);
        if (colors.Length == 0)
            throw new ArgumentException("A gradient needs at least one color.", nameof(colors));
        if (colorPos is not null && colors.Length != colorPos.Length)
            throw new ArgumentException("The number of colors must match the number of color positions.", nameof(colorPos));
        (this.create, this.mode, toGradient) = (create, mode, Inverse(localMatrix));
        (this.colors, positions) = ((SKColor[])colors.Clone(), (float[]?)colorPos?.Clone());
    }

    internal override bool TakesAlpha => true;

    private protected override CairoPattern MakePattern(SKColorType order, byte alpha)
    {
        CairoPattern pattern = new(create());
        for (var i = 0; i < colors.Length; i++)
        {
            var (red, blue) = order == SKColorType.Rgba8888 ? (colors[i].Blue, colors[i].Red) : (colors[i].Red, colors[i].Blue);
            var position = positions is not null ? positions[i] : colors.Length == 1 ? 0 : i / (colors.Length - 1.0);
            Cairo.cairo_pattern_add_color_stop_rgba(pattern.DangerousGetHandle(), Math.Clamp(position, 0, 1),
                red / 255.0, colors[i].Green / 255.0, blue / 255.0, colors[i].Alpha / 255.0 * alpha / 255.0);
        }
        pattern.SetExtend(mode);
        pattern.SetMatrix(toGradient);
        return pattern;
    }
}
