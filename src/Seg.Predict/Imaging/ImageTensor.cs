using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Models;
using static TorchSharp.torch;

namespace Seg.Predict.Imaging;

/// <summary>Images as network input: 8-bit BGR in, normalised float32 RGB out, channels innermost in memory, in one pass.</summary>
public static class ImageTensor
{
    /// <summary>Pixels of one image at most: .NET sees 2 GiB of a tensor's memory at a time.</summary>
    public const long MostPixels = int.MaxValue / (3 * sizeof(float));

    /// <summary>One batch of images of equal size.</summary>
    /// <returns>float32 (N, 3, H, W) in RGB order on the CPU, its memory laid out (N, H, W, 3).</returns>
    /// <exception cref="ArgumentException">No images, images of different sizes, or one that is not CV_8UC3.</exception>
    public static Tensor FromBgr(IReadOnlyList<Mat> images, Normalization normalization)
    {
        if (images.Count == 0)
            throw new ArgumentException("A batch has at least one image.", nameof(images));
        int height = images[0].Rows, width = images[0].Cols;
        foreach (var image in images)
        {
            if (image.Rows != height || image.Cols != width)
            {
                throw new ArgumentException(
                    $"The images of a batch have one size, but {image.Cols} x {image.Rows} follows {width} x {height}.", nameof(images));
            }
        }

        using var batch = empty(images.Count, height, width, 3, dtype: ScalarType.Float32);
        for (var index = 0; index < images.Count; index++)
        {
            using var values = batch.narrow(0, index, 1);
            Fill(images[index], MemoryMarshal.Cast<byte, float>(values.bytes), normalization);
        }
        return batch.permute(0, 3, 1, 2);
    }

    /// <summary>Writes one image's normalised values.</summary>
    /// <param name="bgr">CV_8UC3 of (H, W); rows may lie apart, as those of a region of a larger image do.</param>
    /// <param name="values">H · W · 3 numbers, by row, then pixel, then R, G, B.</param>
    /// <exception cref="ArgumentException">Not CV_8UC3, or another count of numbers.</exception>
    public static void Fill(Mat bgr, Span<float> values, Normalization normalization)
    {
        if (bgr.Type() != MatType.CV_8UC3)
            throw new ArgumentException($"An image is CV_8UC3, not {bgr.Type()}.", nameof(bgr));
        int height = bgr.Rows, rowLength = bgr.Cols * 3;
        if (values.Length != height * rowLength)
            throw new ArgumentException($"An image of {bgr.Cols} x {height} has {height * rowLength} values, not {values.Length}.", nameof(values));

        var normalizer = new PixelNormalizer(normalization);
        for (var y = 0; y < height; y++)
            normalizer.Apply(bgr.RowBytes(y), values.Slice(y * rowLength, rowLength));
        GC.KeepAlive(bgr);
    }
}
