using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>A typeface in one size.</summary>
public sealed unsafe class SKFont : SKObject
{
    // Cairo promises that its fonts can be used from several threads, FreeType does not always hold it; text is never the hot path.
    internal static readonly Lock Gate = new();

    private SKTypeface typeface;
    private float size, scaleX, skewX;
    private SKFontEdging edging = SKFontEdging.Antialias;
    private SKFontHinting hinting = SKFontHinting.Normal;
    private bool subpixel;

    public SKFont() : this(SKTypeface.Default) { }

    /// <param name="typeface">Null stands for the default.</param>
    /// <param name="size">Height of a line of letters in the canvas's units, above 0.</param>
    /// <param name="scaleX">Factor of the letters' width.</param>
    /// <param name="skewX">Slant; negative leans to the right.</param>
    public SKFont(SKTypeface? typeface, float size = 12, float scaleX = 1, float skewX = 0)
    {
        this.typeface = typeface ?? SKTypeface.Default;
        (this.size, this.scaleX, this.skewX) = (size, scaleX, skewX);
    }

    public SKTypeface? Typeface
    {
        get
        {
            ThrowIfDisposed();
            return typeface;
        }
        set
        {
            ThrowIfDisposed();
            typeface = value ?? SKTypeface.Default;
        }
    }

    public float Size { get => Get(size); set => Set(ref size, value); }

    public float ScaleX { get => Get(scaleX); set => Set(ref scaleX, value); }

    public float SkewX { get => Get(skewX); set => Set(ref skewX, value); }

    public SKFontEdging Edging { get => Get(edging); set => Set(ref edging, value); }

    public SKFontHinting Hinting { get => Get(hinting); set => Set(ref hinting, value); }

    /// <summary>Whether letters stand between whole pixels.</summary>
    public bool Subpixel { get => Get(subpixel); set => Set(ref subpixel, value); }

    public SKFontMetrics Metrics
    {
        get
        {
            GetFontMetrics(out var metrics);
            return metrics;
        }
    }

    /// <summary>The distance of two lines of text.</summary>
    public float Spacing => GetFontMetrics(out _);

    /// <returns>The distance of two lines of text.</returns>
    public float GetFontMetrics(out SKFontMetrics metrics)
    {
        lock (Gate)
        {
            var font = CreateScaledFont();
            try
            {
                Cairo.cairo_scaled_font_extents(font, out var extents);
                Cairo.cairo_scaled_font_text_extents(font, "x", out var small);
                Cairo.cairo_scaled_font_text_extents(font, "H", out var capital);
                metrics = new SKFontMetrics((float)-extents.Ascent, (float)extents.Descent,
                    (float)Math.Max(0, extents.Height - extents.Ascent - extents.Descent), (float)extents.MaxXAdvance,
                    (float)small.Height, (float)capital.Height);
            }
            finally
            {
                Cairo.cairo_scaled_font_destroy(font);
            }
        }
        return metrics.Descent - metrics.Ascent + metrics.Leading;
    }

    /// <summary>How far the text moves the pen.</summary>
    public float MeasureText(string text, SKPaint? paint = null) => MeasureText(text, out _, paint);

    /// <param name="text">One line.</param>
    /// <param name="bounds">The box around the ink, from the start of the base line.</param>
    /// <param name="paint">Has no influence; SkiaSharp's may have effects that do.</param>
    public float MeasureText(string text, out SKRect bounds, SKPaint? paint = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (Gate)
        {
            var font = CreateScaledFont();
            try
            {
                Cairo.cairo_scaled_font_text_extents(font, text, out var extents);
                bounds = SKRect.Create((float)extents.XBearing, (float)extents.YBearing, (float)extents.Width, (float)extents.Height);
                return (float)extents.XAdvance;
            }
            finally
            {
                Cairo.cairo_scaled_font_destroy(font);
            }
        }
    }

    /// <summary>Makes this the context's font. The caller holds <see cref="Gate"/>.</summary>
    internal void Select(nint context)
    {
        var matrix = Matrix;
        var options = CreateOptions();
        Cairo.cairo_set_font_face(context, Get(typeface).Face.DangerousGetHandle());
        Cairo.cairo_set_font_matrix(context, &matrix);
        Cairo.cairo_set_font_options(context, options);
        Cairo.cairo_font_options_destroy(options);
        GC.KeepAlive(typeface);
    }

    private CairoMatrix Matrix => new() { XX = Size * scaleX, XY = size * skewX, YY = size };

    /// <summary>A new cairo_scaled_font_t, which the caller destroys.</summary>
    private nint CreateScaledFont()
    {
        CairoMatrix font = Matrix, identity = new() { XX = 1, YY = 1 };
        var options = CreateOptions();
        var scaled = Cairo.cairo_scaled_font_create(Get(typeface).Face.DangerousGetHandle(), &font, &identity, options);
        Cairo.cairo_font_options_destroy(options);
        GC.KeepAlive(typeface);
        CairoError.Check(Cairo.cairo_scaled_font_status(scaled));
        return scaled;
    }

    private nint CreateOptions()
    {
        var options = Cairo.cairo_font_options_create();
        Cairo.cairo_font_options_set_antialias(options, Edging == SKFontEdging.Alias ? 1 : 2);      // none, gray
        Cairo.cairo_font_options_set_hint_style(options, hinting switch
        {
            SKFontHinting.None => 1,
            SKFontHinting.Slight => 2,
            SKFontHinting.Normal => 3,
            _ => 4,
        });
        Cairo.cairo_font_options_set_hint_metrics(options, subpixel ? 1 : 2);                       // off, on
        return options;
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
