using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Models;
using static TorchSharp.torch;

namespace Seg.Predict.Imaging;

/// <summary>Images as network input: 8-bit BGR in, normalised float32 RGB out, channels innermost in memory, in one pass.</summary>
public static class ImageTensor
{
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
        var values = MemoryMarshal.Cast<byte, float>(batch.bytes);
        var size = height * width * 3;
        for (var index = 0; index < images.Count; index++)
            Fill(images[index], values.Slice(index * size, size), normalization);
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

        // (value / 255 − mean) / deviation = value · scale + shift. Four pixels fill three vectors, so the channels' numbers repeat in three patterns.
        Span<float> scale = stackalloc float[12], shift = stackalloc float[12];
        for (var i = 0; i < 12; i++)
        {
            scale[i] = 1 / (255 * normalization.Deviation[i % 3]);
            shift[i] = -normalization.Mean[i % 3] / normalization.Deviation[i % 3];
        }
        for (var y = 0; y < height; y++)
            FillRow(bgr.RowBytes(y), values.Slice(y * rowLength, rowLength), scale, shift);
        GC.KeepAlive(bgr);
    }

    private static void FillRow(ReadOnlySpan<byte> bgr, Span<float> rgb, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        var swap = Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 12, 13, 14, 15);
        Vector128<float> scale0 = Vector128.Create(scale), scale1 = Vector128.Create(scale[4..]), scale2 = Vector128.Create(scale[8..]);
        Vector128<float> shift0 = Vector128.Create(shift), shift1 = Vector128.Create(shift[4..]), shift2 = Vector128.Create(shift[8..]);
        ref var source = ref MemoryMarshal.GetReference(bgr);
        ref var target = ref MemoryMarshal.GetReference(rgb);

        var x = 0;
        for (; x <= bgr.Length - 16; x += 12)                   // 16 bytes are read for the 12 that are used
        {
            var bytes = Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)x), swap);
            var (low, high) = Vector128.Widen(bytes);
            var (first, second) = Vector128.Widen(low);
            var third = Vector128.WidenLower(high);
            Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(first.AsInt32()), scale0, shift0).StoreUnsafe(ref target, (nuint)x);
            Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(second.AsInt32()), scale1, shift1).StoreUnsafe(ref target, (nuint)x + 4);
            Vector128.FusedMultiplyAdd(Vector128.ConvertToSingle(third.AsInt32()), scale2, shift2).StoreUnsafe(ref target, (nuint)x + 8);
        }
        for (; x < bgr.Length; x += 3)
        {
            for (var channel = 0; channel < 3; channel++)
                rgb[x + channel] = MathF.FusedMultiplyAdd(bgr[x + 2 - channel], scale[channel], shift[channel]);
        }
    }
}
