using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Drawing;

/// <summary>Mixes each pixel with the colour of its class, and marks where one class meets another.</summary>
/// <remarks>
/// A mixed value is (image · (256 − weight) + colour · weight + 128) / 256, rounded down, with weight = opacity · 256. Pixels without a class
/// (the ignore index, or an id that no class has) keep the image's own values exactly.
/// </remarks>
internal sealed class ClassBlend
{
    private const ushort OutlineWeight = 128;                   // of white, in 256ths

    private readonly (byte Blue, byte Green, byte Red)?[] colors = new (byte, byte, byte)?[256];
    private readonly ushort weight;
    private readonly bool outline;

    /// <exception cref="ArgumentOutOfRangeException">The opacity is not in 0–1.</exception>
    public ClassBlend(LabelSet classes, double opacity, bool outline)
    {
        if (!(opacity is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "An opacity is 0 to 1.");
        for (var id = 0; id < Math.Min(classes.Count, colors.Length); id++)
        {
            if (id != classes.IgnoreIndex)
                colors[id] = (classes.Colors[id].B, classes.Colors[id].G, classes.Colors[id].R);
        }
        weight = (ushort)Math.Round(256 * opacity);
        this.outline = outline;
    }

    /// <param name="bgr">CV_8UC3 of the map's size.</param>
    /// <param name="target">CV_8UC3 of the same size, written in full.</param>
    /// <exception cref="ArgumentException">Not CV_8UC3, or sizes that differ.</exception>
    public void Apply(Mat bgr, LabelMap map, Mat target)
    {
        Check(bgr, map);
        var colorRow = new byte[map.Width * 3];
        var reach = Math.Max(1, Math.Min(map.Width, map.Height) / 700);   // a line of one pixel is lost in a large picture
        for (var y = 0; y < map.Height; y++)
        {
            ReadOnlySpan<byte> source = bgr.RowBytes(y);
            var mixed = target.RowBytes(y);
            FillColors(map, y, source, colorRow);
            Mix(source, colorRow, mixed, weight);
            if (outline)
                MarkBorders(map, y, reach, mixed);
        }
        GC.KeepAlive(bgr);
        GC.KeepAlive(target);
    }

    /// <exception cref="ArgumentException">Not CV_8UC3, or sizes that differ.</exception>
    public static void Check(Mat bgr, LabelMap map)
    {
        if (bgr.Type() != MatType.CV_8UC3)
            throw new ArgumentException($"An image is CV_8UC3, not {bgr.Type()}.", nameof(bgr));
        if (bgr.Cols != map.Width || bgr.Rows != map.Height)
            throw new ArgumentException($"The label map is {map.Width} x {map.Height}, but its image is {bgr.Cols} x {bgr.Rows}.", nameof(map));
    }

    private static ReadOnlySpan<byte> White => [255, 255, 255];

    private void FillColors(LabelMap map, int y, ReadOnlySpan<byte> source, Span<byte> colorRow)
    {
        var labels = map.Labels.AsSpan(y * map.Width, map.Width);
        for (var x = 0; x < labels.Length; x++)
        {
            if (colors[labels[x]] is { } color)
                (colorRow[3 * x], colorRow[3 * x + 1], colorRow[3 * x + 2]) = color;
            else
                source.Slice(3 * x, 3).CopyTo(colorRow[(3 * x)..]);
        }
    }

    /// <summary>Lightens pixels whose neighbour to the right or below has another class: a thin line that shows on light and dark alike.</summary>
    private void MarkBorders(LabelMap map, int y, int reach, Span<byte> mixed)
    {
        var labels = map.Labels.AsSpan(y * map.Width, map.Width);
        var below = y + reach < map.Height ? map.Labels.AsSpan((y + reach) * map.Width, map.Width) : labels;
        for (var x = 0; x < labels.Length; x++)
        {
            var isBorder = labels[x] != below[x] || (x + reach < labels.Length && labels[x] != labels[x + reach]);
            if (isBorder && colors[labels[x]] is not null)
                Mix(mixed.Slice(3 * x, 3), White, mixed.Slice(3 * x, 3), OutlineWeight);
        }
    }

    private static void Mix(ReadOnlySpan<byte> image, ReadOnlySpan<byte> color, Span<byte> mixed, ushort weight)
    {
        var rest = (ushort)(256 - weight);
        Vector128<ushort> weights = Vector128.Create(weight), rests = Vector128.Create(rest), half = Vector128.Create((ushort)128);
        ref byte imageStart = ref MemoryMarshal.GetReference(image), colorStart = ref MemoryMarshal.GetReference(color),
            mixedStart = ref MemoryMarshal.GetReference(mixed);
        var i = 0;
        for (; i <= image.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (imageLow, imageHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref imageStart, (nuint)i));
            var (colorLow, colorHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref colorStart, (nuint)i));
            var low = (imageLow * rests + colorLow * weights + half) >> 8;      // at most 255 · 256 + 128: no overflow of 16 bits
            var high = (imageHigh * rests + colorHigh * weights + half) >> 8;
            Vector128.Narrow(low, high).StoreUnsafe(ref mixedStart, (nuint)i);
        }
        for (; i < image.Length; i++)
            mixed[i] = (byte)((image[i] * rest + color[i] * weight + 128) >> 8);
    }
}
