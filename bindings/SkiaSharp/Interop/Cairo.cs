using System.Runtime.InteropServices;

namespace SkiaSharp.Interop;

/// <summary>Cairo's C API, as far as the binding needs it (cairo.h of 1.16; every function is in 1.10 and newer).</summary>
/// <remarks>
/// Handles are raw pointers here: the callers hold them in <see cref="SafeHandle"/>s and keep those alive for the call.
/// Cairo never aborts on a wrong argument: it puts the object into an error state that <see cref="CairoError"/> turns into an exception.
/// </remarks>
internal static unsafe partial class Cairo
{
    private const string Library = "libcairo.so.2";

    static Cairo() => NativeLibrary.SetDllImportResolver(typeof(Cairo).Assembly, Resolve);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
            return 0;
        if (NativeLibrary.TryLoad(name, assembly, searchPath, out var library))
            return library;
        throw new DllNotFoundException(
            $"{Library} was not found; overlays and charts are drawn with Cairo. Install it: apt-get install libcairo2 fonts-dejavu-core");
    }

    // Surfaces
    [LibraryImport(Library)]
    public static partial nint cairo_image_surface_create_for_data(void* data, int format, int width, int height, int stride);
    [LibraryImport(Library)] public static partial int cairo_surface_status(nint surface);
    [LibraryImport(Library)] public static partial void cairo_surface_flush(nint surface);
    [LibraryImport(Library)] public static partial void cairo_surface_mark_dirty(nint surface);
    [LibraryImport(Library)] public static partial void cairo_surface_destroy(nint surface);

    // Contexts and their state
    [LibraryImport(Library)] public static partial nint cairo_create(nint surface);
    [LibraryImport(Library)] public static partial void cairo_destroy(nint context);
    [LibraryImport(Library)] public static partial int cairo_status(nint context);
    [LibraryImport(Library)] public static partial nint cairo_status_to_string(int status);
    [LibraryImport(Library)] public static partial void cairo_save(nint context);
    [LibraryImport(Library)] public static partial void cairo_restore(nint context);
    [LibraryImport(Library)] public static partial void cairo_push_group(nint context);
    [LibraryImport(Library)] public static partial void cairo_pop_group_to_source(nint context);
    [LibraryImport(Library)] public static partial void cairo_set_operator(nint context, int @operator);
    [LibraryImport(Library)] public static partial void cairo_set_antialias(nint context, int antialias);
    [LibraryImport(Library)] public static partial void cairo_set_fill_rule(nint context, int rule);
    [LibraryImport(Library)] public static partial void cairo_set_line_width(nint context, double width);
    [LibraryImport(Library)] public static partial void cairo_set_line_cap(nint context, int cap);
    [LibraryImport(Library)] public static partial void cairo_set_line_join(nint context, int join);
    [LibraryImport(Library)] public static partial void cairo_set_miter_limit(nint context, double limit);
    [LibraryImport(Library)] public static partial void cairo_set_dash(nint context, double* dashes, int count, double offset);
    [LibraryImport(Library)]
    public static partial void cairo_set_source_rgba(nint context, double red, double green, double blue, double alpha);
    [LibraryImport(Library)] public static partial void cairo_set_source(nint context, nint pattern);

    // Transformation and clip
    [LibraryImport(Library)] public static partial void cairo_translate(nint context, double x, double y);
    [LibraryImport(Library)] public static partial void cairo_scale(nint context, double x, double y);
    [LibraryImport(Library)] public static partial void cairo_rotate(nint context, double radians);
    [LibraryImport(Library)] public static partial void cairo_transform(nint context, CairoMatrix* matrix);
    [LibraryImport(Library)] public static partial void cairo_set_matrix(nint context, CairoMatrix* matrix);
    [LibraryImport(Library)] public static partial void cairo_get_matrix(nint context, CairoMatrix* matrix);
    [LibraryImport(Library)] public static partial void cairo_identity_matrix(nint context);
    [LibraryImport(Library)] public static partial void cairo_clip(nint context);
    [LibraryImport(Library)]
    public static partial void cairo_clip_extents(nint context, out double x1, out double y1, out double x2, out double y2);

    // Paths
    [LibraryImport(Library)] public static partial void cairo_new_path(nint context);
    [LibraryImport(Library)] public static partial void cairo_move_to(nint context, double x, double y);
    [LibraryImport(Library)] public static partial void cairo_line_to(nint context, double x, double y);
    [LibraryImport(Library)]
    public static partial void cairo_curve_to(nint context, double x1, double y1, double x2, double y2, double x3, double y3);
    [LibraryImport(Library)] public static partial void cairo_close_path(nint context);
    [LibraryImport(Library)] public static partial void cairo_rectangle(nint context, double x, double y, double width, double height);

    // Painting
    [LibraryImport(Library)] public static partial void cairo_fill(nint context);
    [LibraryImport(Library)] public static partial void cairo_fill_preserve(nint context);
    [LibraryImport(Library)] public static partial void cairo_stroke(nint context);
    [LibraryImport(Library)] public static partial void cairo_paint(nint context);
    [LibraryImport(Library)] public static partial void cairo_paint_with_alpha(nint context, double alpha);

    // Patterns
    [LibraryImport(Library)] public static partial nint cairo_pattern_create_linear(double x0, double y0, double x1, double y1);
    [LibraryImport(Library)]
    public static partial nint cairo_pattern_create_radial(double cx0, double cy0, double r0, double cx1, double cy1, double r1);
    [LibraryImport(Library)] public static partial nint cairo_pattern_create_for_surface(nint surface);
    [LibraryImport(Library)] public static partial nint cairo_pattern_create_rgba(double red, double green, double blue, double alpha);
    [LibraryImport(Library)]
    public static partial void cairo_pattern_add_color_stop_rgba(
        nint pattern, double offset, double red, double green, double blue, double alpha);
    [LibraryImport(Library)] public static partial void cairo_pattern_set_extend(nint pattern, int extend);
    [LibraryImport(Library)] public static partial void cairo_pattern_set_filter(nint pattern, int filter);
    [LibraryImport(Library)] public static partial void cairo_pattern_set_matrix(nint pattern, CairoMatrix* matrix);
    [LibraryImport(Library)] public static partial int cairo_pattern_status(nint pattern);
    [LibraryImport(Library)] public static partial void cairo_pattern_destroy(nint pattern);

    // Text
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint cairo_toy_font_face_create(string family, int slant, int weight);
    [LibraryImport(Library)] public static partial int cairo_font_face_status(nint face);
    [LibraryImport(Library)] public static partial void cairo_font_face_destroy(nint face);
    [LibraryImport(Library)] public static partial nint cairo_font_options_create();
    [LibraryImport(Library)] public static partial void cairo_font_options_destroy(nint options);
    [LibraryImport(Library)] public static partial void cairo_font_options_set_antialias(nint options, int antialias);
    [LibraryImport(Library)] public static partial void cairo_font_options_set_hint_style(nint options, int style);
    [LibraryImport(Library)] public static partial void cairo_font_options_set_hint_metrics(nint options, int metrics);
    [LibraryImport(Library)]
    public static partial nint cairo_scaled_font_create(nint face, CairoMatrix* font, CairoMatrix* context, nint options);
    [LibraryImport(Library)] public static partial int cairo_scaled_font_status(nint font);
    [LibraryImport(Library)] public static partial void cairo_scaled_font_destroy(nint font);
    [LibraryImport(Library)] public static partial void cairo_scaled_font_extents(nint font, out CairoFontExtents extents);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void cairo_scaled_font_text_extents(nint font, string text, out CairoTextExtents extents);
    [LibraryImport(Library)] public static partial void cairo_set_font_face(nint context, nint face);
    [LibraryImport(Library)] public static partial void cairo_set_font_matrix(nint context, CairoMatrix* matrix);
    [LibraryImport(Library)] public static partial void cairo_set_font_options(nint context, nint options);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void cairo_show_text(nint context, string text);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void cairo_text_path(nint context, string text);
}
