using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>Draws on the pixels of a bitmap or a surface: position and clip, and colours. The shapes are in SKCanvas.Draw.cs.</summary>
/// <remarks>
/// A canvas belongs to one thread at a time. Coordinates are in pixels from the top left corner until a transformation changes that.
/// </remarks>
public sealed unsafe partial class SKCanvas : SKObject
{
    private readonly CairoSurface surface;
    private readonly CairoContext context;
    private readonly SKColorType order;
    private readonly SKImageInfo info;
    private readonly Stack<Layer?> saved = new();

    /// <summary>How a layer is laid on what is beneath it.</summary>
    private readonly record struct Layer(byte Alpha, SKBlendMode Mode);

    /// <exception cref="NotSupportedException">Cairo has no such pixels; the message says what to use.</exception>
    public SKCanvas(SKBitmap bitmap) : this((bitmap ?? throw new ArgumentNullException(nameof(bitmap))).Pixels) { }

    internal SKCanvas(PixelBuffer pixels)
    {
        info = pixels.Info;
        order = info.ColorType;
        surface = new CairoSurface(pixels);
        context = new CairoContext(surface);
    }

    /// <summary>States to restore, the first one counted: 1 at first.</summary>
    public int SaveCount => saved.Count + 1;

    public SKMatrix TotalMatrix
    {
        get
        {
            var cairo = Begin();
            CairoMatrix matrix;
            Cairo.cairo_get_matrix(cairo, &matrix);
            End(cairo);
            return matrix.ToSkia();
        }
    }

    /// <summary>The box around what can be drawn on, in the canvas's units.</summary>
    public SKRect LocalClipBounds
    {
        get
        {
            var cairo = Begin();
            Cairo.cairo_clip_extents(cairo, out var left, out var top, out var right, out var bottom);
            End(cairo);
            return new((float)left, (float)top, (float)right, (float)bottom);
        }
    }

    /// <returns>The count before, for <see cref="RestoreToCount"/>.</returns>
    public int Save()
    {
        var cairo = Begin();
        Cairo.cairo_save(cairo);
        saved.Push(null);
        End(cairo);
        return saved.Count;
    }

    public int SaveLayer() => SaveLayer(null);

    /// <summary>
    /// Like <see cref="Save"/>, and what follows is drawn on a layer of its own, which <see cref="Restore"/> lays on with the paint's alpha
    /// and blend mode.
    /// </summary>
    public int SaveLayer(SKPaint? paint)
    {
        var cairo = Begin();
        Layer layer = new(paint?.Color.Alpha ?? 255, paint?.BlendMode ?? SKBlendMode.SrcOver);
        Cairo.cairo_push_group(cairo);
        saved.Push(layer);
        End(cairo);
        return saved.Count;
    }

    /// <summary>Back to the state of the last <see cref="Save"/>; does nothing when there is none.</summary>
    public void Restore()
    {
        var cairo = Begin();
        if (!saved.TryPop(out var layer))
            return;
        if (layer is null)
        {
            Cairo.cairo_restore(cairo);
        }
        else
        {
            Cairo.cairo_pop_group_to_source(cairo);
            Cairo.cairo_set_operator(cairo, Operator(layer.Value.Mode));
            Cairo.cairo_paint_with_alpha(cairo, layer.Value.Alpha / 255.0);
            ReleaseSource(cairo);
        }
        End(cairo);
    }

    public void RestoreToCount(int count)
    {
        while (SaveCount > Math.Max(1, count))
            Restore();
    }

    public void Translate(float dx, float dy)
    {
        var cairo = Begin();
        if (IsFinite(dx, dy))
            Cairo.cairo_translate(cairo, dx, dy);
        End(cairo);
    }

    public void Translate(SKPoint point) => Translate(point.X, point.Y);

    public void Scale(float s) => Scale(s, s);

    public void Scale(float sx, float sy) => Concat(SKMatrix.CreateScale(sx, sy));

    public void Scale(float sx, float sy, float px, float py) => Concat(SKMatrix.CreateScale(sx, sy, px, py));

    public void RotateDegrees(float degrees) => RotateRadians(degrees * MathF.PI / 180);

    public void RotateDegrees(float degrees, float px, float py) => RotateRadians(degrees * MathF.PI / 180, px, py);

    public void RotateRadians(float radians)
    {
        var cairo = Begin();
        if (float.IsFinite(radians))
            Cairo.cairo_rotate(cairo, radians);
        End(cairo);
    }

    public void RotateRadians(float radians, float px, float py)
    {
        Translate(px, py);
        RotateRadians(radians);
        Translate(-px, -py);
    }

    public void Skew(float sx, float sy) => Concat(SKMatrix.CreateSkew(sx, sy));

    /// <summary>
    /// Applies the matrix before the present transformation. With one that makes everything vanish, nothing is drawn until
    /// <see cref="Restore"/>.
    /// </summary>
    /// <exception cref="NotSupportedException">The matrix has perspective.</exception>
    public void Concat(in SKMatrix m)
    {
        var cairo = Begin();
        var matrix = CairoMatrix.From(m);
        if (IsUsable(matrix))
            Cairo.cairo_transform(cairo, &matrix);
        else
            ClipEverything(cairo);
        End(cairo);
    }

    /// <inheritdoc cref="Concat"/>
    public void SetMatrix(in SKMatrix matrix)
    {
        var cairo = Begin();
        var target = CairoMatrix.From(matrix);
        if (IsUsable(target))
            Cairo.cairo_set_matrix(cairo, &target);
        else
            ClipEverything(cairo);
        End(cairo);
    }

    public void ResetMatrix()
    {
        var cairo = Begin();
        Cairo.cairo_identity_matrix(cairo);
        End(cairo);
    }

    /// <summary>Keeps what follows inside the rectangle, or outside it.</summary>
    public void ClipRect(SKRect rect, SKClipOperation operation = SKClipOperation.Intersect, bool antialias = false)
    {
        using SKPath path = new();
        if (operation == SKClipOperation.Difference)
        {
            path.FillType = SKPathFillType.EvenOdd;       // all but the rectangle
            path.AddRect(SKRect.Union(SKRect.Inflate(LocalClipBounds, 1, 1), rect));
        }
        path.AddRect(rect);
        ClipPath(path, SKClipOperation.Intersect, antialias);
    }

    /// <summary>Keeps what follows inside the path.</summary>
    /// <exception cref="NotSupportedException">Cairo clips to the inside of a path only.</exception>
    public void ClipPath(SKPath path, SKClipOperation operation = SKClipOperation.Intersect, bool antialias = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (operation != SKClipOperation.Intersect)
            throw new NotSupportedException("Cairo clips to the inside of a path: add a rectangle around it and fill by EvenOdd.");
        var cairo = Begin();
        Cairo.cairo_set_antialias(cairo, Antialias(antialias));
        Cairo.cairo_set_fill_rule(cairo, (int)path.FillType);
        path.Emit(cairo);
        Cairo.cairo_clip(cairo);
        End(cairo);
    }

    /// <summary>Puts everything drawn into the pixels.</summary>
    public void Flush()
    {
        var cairo = Begin();
        Cairo.cairo_surface_flush(surface.DangerousGetHandle());
        End(cairo);
    }

    /// <summary>Ends open layers, as Skia does, and frees the canvas.</summary>
    private protected override void DisposeManaged()
    {
        try
        {
            RestoreToCount(1);
            Flush();
        }
        finally
        {
            context.Dispose();
            surface.Dispose();
        }
    }

    private static bool IsFinite(float a, float b, float c = 0, float d = 0) => float.IsFinite(a + b + c + d);

    private static bool IsUsable(CairoMatrix matrix) =>
        matrix.Determinant != 0 && double.IsFinite(matrix.Determinant) && double.IsFinite(matrix.X0 + matrix.Y0);

    private static void ClipEverything(nint cairo)
    {
        Cairo.cairo_rectangle(cairo, 0, 0, 0, 0);
        Cairo.cairo_clip(cairo);
    }

    private static int Antialias(bool antialias) => antialias ? 0 : 1;

    private static int Operator(SKBlendMode mode) => mode switch
    {
        SKBlendMode.Clear => 0,
        SKBlendMode.Src => 1,
        SKBlendMode.SrcOver => 2,
        SKBlendMode.SrcATop => 5,
        SKBlendMode.Dst => 6,
        SKBlendMode.DstOver => 7,
        SKBlendMode.DstOut => 9,
        SKBlendMode.Xor => 11,
        SKBlendMode.Plus => 12,
        SKBlendMode.Multiply => 14,
        SKBlendMode.Screen => 15,
        SKBlendMode.Overlay => 16,
        SKBlendMode.Darken => 17,
        SKBlendMode.Lighten => 18,
        SKBlendMode.ColorDodge => 19,
        SKBlendMode.ColorBurn => 20,
        SKBlendMode.HardLight => 21,
        SKBlendMode.SoftLight => 22,
        SKBlendMode.Difference => 23,
        SKBlendMode.Exclusion => 24,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such blend mode."),
    };

    /// <summary>
    /// The raw context, with an empty path. Each use ends with <see cref="End"/>, which keeps the canvas alive until then.
    /// </summary>
    private nint Begin()
    {
        ThrowIfDisposed();
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        var cairo = context.DangerousGetHandle();
        Cairo.cairo_new_path(cairo);
        return cairo;
    }

    private void End(nint cairo)
    {
        CairoError.Check(Cairo.cairo_status(cairo));
        GC.KeepAlive(this);
    }

    /// <summary>Lets go of a pattern, and so of the image in it.</summary>
    private static void ReleaseSource(nint cairo) => Cairo.cairo_set_source_rgba(cairo, 0, 0, 0, 1);
}
