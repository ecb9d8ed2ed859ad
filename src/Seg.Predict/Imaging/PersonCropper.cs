using System.Buffers;
using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>Cuts persons out of images for a top-down network: one affine warp to the size of its input, black outside the image.</summary>
/// <remarks>
/// The pixels are those of the official code's <c>cv2.warpAffine(…, flags=cv2.INTER_LINEAR)</c>. Safe to use from several threads at a time; allocates nothing once
/// it has run.
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
    /// <param name="matrix">Row by row, the 2 x 3 matrix from pixels of the image to pixels of the input, centres at whole numbers.</param>
    /// <param name="values"><see cref="ValuesPerCrop"/> numbers, by row, then pixel, then R, G, B: the memory of a channels-last tensor.</param>
    /// <exception cref="ArgumentException">Not CV_8UC3 or empty, no 2 x 3 matrix of finite numbers, or another count of values.</exception>
    public void Fill(Mat bgr, ReadOnlySpan<double> matrix, Span<float> values)
    {
        if (values.Length != ValuesPerCrop)
            throw new ArgumentException($"A crop of {width} x {height} has {ValuesPerCrop} values, not {values.Length}.", nameof(values));
        var (columns, row) = (ArrayPool<int>.Shared.Rent(2 * width), ArrayPool<byte>.Shared.Rent(3 * width));
        var sampler = Sampler(bgr, matrix, columns);
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
    public unsafe void Crop(Mat bgr, ReadOnlySpan<double> matrix, Mat target)
    {
        if (target.Type() != MatType.CV_8UC3 || target.Rows != height || target.Cols != width)
        {
            throw new ArgumentException(
                $"A crop is {width} x {height} CV_8UC3, not {target.Cols} x {target.Rows} {target.Type()}.", nameof(target));
        }
        var columns = ArrayPool<int>.Shared.Rent(2 * width);
        var sampler = Sampler(bgr, matrix, columns);
        for (var y = 0; y < height; y++)
            sampler.Row(y, new Span<byte>((void*)target.Ptr(y), 3 * width));
        GC.KeepAlive(bgr);
        GC.KeepAlive(target);
        ArrayPool<int>.Shared.Return(columns);
    }

    private AffineSampler Sampler(Mat bgr, ReadOnlySpan<double> matrix, int[] columns)
    {
        if (bgr.Type() != MatType.CV_8UC3 || bgr.Empty())
            throw new ArgumentException($"An image is CV_8UC3 with at least one pixel, not {bgr.Cols} x {bgr.Rows} {bgr.Type()}.", nameof(bgr));
        if (matrix.Length != 6 || matrix.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            throw new ArgumentException($"The matrix is 2 x 3 of finite numbers, not {string.Join(' ', matrix.ToArray())}.", nameof(matrix));
        return new AffineSampler(bgr, matrix, columns.AsSpan(0, 2 * width));
    }
}
