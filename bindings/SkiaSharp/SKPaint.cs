namespace SkiaSharp;

/// <summary>How a shape is drawn: colour, outline or area, blending.</summary>
public sealed class SKPaint : SKObject
{
    private SKShader? shader;
    private SKPathEffect? pathEffect;
    private SKColor color = SKColors.Black;
    private SKPaintStyle style;
    private SKBlendMode blendMode = SKBlendMode.SrcOver;
    private SKStrokeCap strokeCap;
    private SKStrokeJoin strokeJoin;
    private float strokeWidth, strokeMiter = 4;
    private bool isAntialias;

    /// <summary>Off at first, as in Skia: edges are whole pixels.</summary>
    public bool IsAntialias { get => Get(isAntialias); set => Set(ref isAntialias, value); }

    public SKPaintStyle Style { get => Get(style); set => Set(ref style, value); }

    public bool IsStroke { get => Style != SKPaintStyle.Fill; set => Style = value ? SKPaintStyle.Stroke : SKPaintStyle.Fill; }

    /// <summary>The colour; with a <see cref="Shader"/> its alpha alone counts.</summary>
    public SKColor Color { get => Get(color); set => Set(ref color, value); }

    /// <summary>Width of lines in the canvas's units; 0 is one pixel whatever the scale.</summary>
    public float StrokeWidth { get => Get(strokeWidth); set => Set(ref strokeWidth, value); }

    public float StrokeMiter { get => Get(strokeMiter); set => Set(ref strokeMiter, value); }

    public SKStrokeCap StrokeCap { get => Get(strokeCap); set => Set(ref strokeCap, value); }

    public SKStrokeJoin StrokeJoin { get => Get(strokeJoin); set => Set(ref strokeJoin, value); }

    public SKBlendMode BlendMode { get => Get(blendMode); set => Set(ref blendMode, value); }

    /// <summary>A gradient or image instead of the plain colour.</summary>
    public SKShader? Shader { get => Get(shader); set => Set(ref shader, value); }

    /// <summary>Dashes of lines.</summary>
    public SKPathEffect? PathEffect { get => Get(pathEffect); set => Set(ref pathEffect, value); }

    /// <summary>A copy; the shader and the path effect are shared.</summary>
    public SKPaint Clone()
    {
        ThrowIfDisposed();
        return (SKPaint)MemberwiseClone();
    }

    private T Get<T>(T field)
    {
        ThrowIfDisposed();
        return field;
    }

    private void Set<T>(ref T field, T value)
    {
        ThrowIfDisposed();
        field = value;
    }
}
