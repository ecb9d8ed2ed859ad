using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>Turns rows of 8-bit BGR pixels into normalised float32 RGB: (value / 255 − mean) / deviation = value · scale + shift.</summary>
internal readonly struct PixelNormalizer
{
    // Four pixels fill three vectors, so the channels' numbers repeat in three patterns.
    private readonly Vector128<float> scale0, scale1, scale2, shift0, shift1, shift2;

    public PixelNormalizer(Normalization normalization)
    {
        Span<float> scale = stackalloc float[12], shift = stackalloc float[12];
        for (var i = 0; i < 12; i++)
        {
            scale[i] = 1 / (255 * normalization.Deviation[i % 3]);
            shift[i] = -normalization.Mean[i % 3] / normalization.Deviation[i % 3];
        }
        (scale0, scale1, scale2) = (Vector128.Create(scale), Vector128.Create(scale[4..]), Vector128.Create(scale[8..]));
        (shift0, shift1, shift2) = (Vector128.Create(shift), Vector128.Create(shift[4..]), Vector128.Create(shift[8..]));
    }

    /// <param name="bgr">Whole pixels of three bytes.</param>
    /// <param name="rgb">As many numbers.</param>
    public void Apply(ReadOnlySpan<byte> bgr, Span<float> rgb)
    {
        var swap = Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 12, 13, 14, 15);
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
                rgb[x + channel] = MathF.FusedMultiplyAdd(bgr[x + 2 - channel], scale0[channel], shift0[channel]);
        }
    }
}
