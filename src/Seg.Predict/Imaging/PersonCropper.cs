using System.Buffers;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;

namespace Seg.Predict.Imaging;

/// <summary>Cuts persons out of images for a top-down network: one affine warp to the size of its input, black outside the image.</summary>
/// <remarks>
/// The pixels are those of the official code's <c>cv2.warpAffine(…, flags=cv2.INTER_LINEAR)</c>. Safe to use from several threads at a
/// time; allocates nothing once it has run.
/// </remarks>
/// <param name="height">Height of the network's input in pixels.</param>
/// <param name="width">Width of the network's input in pixels.</param>
public sealed class PersonCropper(int height, int width, Normalization normalization)
{
    private readonly PixelNormalizer normalizer = new(normalization);

    public int Height => height;

    public int Width => width;

    /// <summary>Numbers of one crop as network input.</summary>
    public int ValuesPerCrop => height * width * 3;

    /// <summary>Writes a crop as network input into its place in a batch.</summary>
    /// <param name="bgr">CV_8UC3; rows may lie apart, as those of a region of a larger image do.</param>
    /// <param name="map">From pixels of the image to pixels of the input, as in <see cref="PersonCrop.ToInput"/>.</param>
    /// <param name="values">
    /// <see cref="ValuesPerCrop"/> numbers, by row, then pixel, then R, G, B: the memory of a channels-last tensor.
    /// </param>
    /// <exception cref="ArgumentException">Not CV_8UC3 or empty, a map without an extent, or another count of values.</exception>
    public void Fill(Mat bgr, AffineMap map, Span<float> values)
    {
        if (values.Length != ValuesPerCrop)
            throw new ArgumentException($"A crop of {width} x {height} has {ValuesPerCrop} values, not {values.Length}.", nameof(values));
        var (columns, row) = (ArrayPool<int>.Shared.Rent(2 * width), ArrayPool<byte>.Shared.Rent(3 * width));
        var sampler = Sampler(bgr, map, columns);
        var pixels = row.AsSpan(0, 3 * width);
        for (var y = 0; y < height; y++)
        {
            sampler.Row(y, pixels);
            normalizer.Apply(pixels, values.Slice(y * pixels.Length, pixels.Length));
        }
        GC.KeepAlive(bgr);
        ArrayPool<int>.Shared.Return(columns);
        ArrayPool<byte>.Shared.Return(row);
    }

    /// <summary>Writes a crop as it is, before normalisation.</summary>
    /// <param name="target">CV_8UC3 of the input's size.</param>
    /// <inheritdoc cref="Fill"/>
    public void Crop(Mat bgr, AffineMap map, Mat target)
    {
        if (target.Type() != MatType.CV_8UC3 || target.Rows != height || target.Cols != width)
        {
            throw new ArgumentException(
                $"A crop is {width} x {height} CV_8UC3, not {target.Cols} x {target.Rows} {target.Type()}.", nameof(target));
        }
        var columns = ArrayPool<int>.Shared.Rent(2 * width);
        var sampler = Sampler(bgr, map, columns);
        for (var y = 0; y < height; y++)
            sampler.Row(y, target.RowBytes(y));
        GC.KeepAlive(bgr);
        GC.KeepAlive(target);
        ArrayPool<int>.Shared.Return(columns);
    }

    private AffineSampler Sampler(Mat bgr, AffineMap map, int[] columns)
    {
        if (bgr.Type() != MatType.CV_8UC3 || bgr.Empty())
            throw new ArgumentException($"An image is CV_8UC3 with at least one pixel, not {bgr.Cols} x {bgr.Rows} {bgr.Type()}.", nameof(bgr));
        if (!double.IsFinite(1 / (map.XX * map.YY - map.XY * map.YX)) || !double.IsFinite(map.X0 + map.Y0))
            throw new ArgumentException($"The map {map} has no inverse.", nameof(map));
        return new AffineSampler(bgr, map, columns.AsSpan(0, 2 * width));
    }
}
