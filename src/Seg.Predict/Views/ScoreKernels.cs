using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Seg.Predict.Views;

/// <summary>Arithmetic on rows of pixels whose classes stand beside each other, filled up to whole vectors.</summary>
internal static class ScoreKernels
{
    /// <summary>A score whose exponential is 0, for the places beyond the last class.</summary>
    public const float Never = -1e30f;

    private const int Lanes = 8;

    // e⁸⁰ of every window and scale can still be added up in 32 bits; no trained network gives scores near it.
    private const float LargestExponent = 80;

    /// <summary>Places that a pixel of so many classes takes.</summary>
    public static int Padded(int classes) => (classes + Lanes - 1) / Lanes * Lanes;

    /// <summary>mixed = upper + (lower − upper) · weight.</summary>
    /// <param name="upper">Whole vectors; the others have the same length.</param>
    public static void MixRows(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float weight, Span<float> mixed)
    {
        var share = Vector256.Create(weight);
        ref float first = ref MemoryMarshal.GetReference(upper), second = ref MemoryMarshal.GetReference(lower),
            target = ref MemoryMarshal.GetReference(mixed);
        for (nuint i = 0; i < (nuint)mixed.Length; i += Lanes)
            Mix(Vector256.LoadUnsafe(ref first, i), Vector256.LoadUnsafe(ref second, i), share).StoreUnsafe(ref target, i);
    }

    /// <summary>Adds what one window says of the columns that it covers.</summary>
    /// <param name="row">The window's scores in the image's row: all positions of its map's width.</param>
    /// <param name="stride">Places of a pixel.</param>
    /// <param name="weight">What the window counts in this row.</param>
    /// <param name="sums">Of the image's row, from its first column on.</param>
    public static void Add(ReadOnlySpan<float> row, ColumnSamples columns, int stride, float weight, ViewAverage average, Span<float> sums)
    {
        Span<float> scores = stackalloc float[stride];
        ref float source = ref MemoryMarshal.GetReference(row), pixel = ref MemoryMarshal.GetReference(scores),
            sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), columns.Column * stride);
        for (var x = 0; x < columns.Count; x++, sum = ref Unsafe.Add(ref sum, stride))
        {
            ref var left = ref Unsafe.Add(ref source, columns.First[x] * stride);
            var largest = Interpolate(ref left, ref Unsafe.Add(ref left, columns.Step * stride), columns.Second[x], ref pixel, stride);
            var factor = weight * columns.Weight[x];
            if (average == ViewAverage.Probabilities)
                factor /= Exponentiate(ref pixel, stride, largest);
            else if (average == ViewAverage.Exponentials)
                Exponentiate(ref pixel, stride, 0);
            AddScaled(ref pixel, factor, stride, ref sum);
        }
    }

    /// <summary>Turns the sums of a row into probabilities, in place.</summary>
    /// <param name="views">What all windows that were added count at a pixel.</param>
    public static void Finish(Span<float> sums, int stride, ViewAverage average, float views)
    {
        for (var start = 0; start < sums.Length; start += stride)
        {
            ref var pixel = ref sums[start];
            var factor = 1 / views;
            if (average == ViewAverage.Exponentials)
            {
                factor = 1 / Sum(ref pixel, stride);
            }
            else if (average == ViewAverage.Logits)
            {
                Scale(ref pixel, stride, factor);
                factor = 1 / Exponentiate(ref pixel, stride, Largest(ref pixel, stride));
            }
            Scale(ref pixel, stride, factor);
        }
    }

    /// <summary>The class of the largest probability, the first one of equals, and that probability.</summary>
    /// <param name="pixel">All places of one pixel.</param>
    public static (byte Class, float Probability) Best(ReadOnlySpan<float> pixel)
    {
        ref var first = ref MemoryMarshal.GetReference(pixel);
        var largest = Largest(ref first, pixel.Length);
        var wanted = Vector256.Create(largest);
        for (nuint i = 0; i < (nuint)pixel.Length; i += Lanes)
        {
            var found = Vector256.Equals(Vector256.LoadUnsafe(ref first, i), wanted).ExtractMostSignificantBits();
            if (found != 0)
                return ((byte)((int)i + int.TrailingZeroCount((int)found)), largest);
        }
        return (0, largest);                                    // not a number
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mix(Vector256<float> first, Vector256<float> second, Vector256<float> share) => first + (second - first) * share;

    /// <summary>Writes the scores between two positions of a map, and tells the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Interpolate(ref float left, ref float right, float second, ref float pixel, int stride)
    {
        var share = Vector256.Create(second);
        var largest = Vector256.Create(Never);
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
        {
            var mixed = Mix(Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i), share);
            mixed.StoreUnsafe(ref pixel, i);
            largest = Vector256.Max(largest, mixed);
        }
        return Largest(largest);
    }

    /// <summary>pixel = exp(pixel − origin); tells the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentiate(ref float pixel, int stride, float origin)
    {
        var (zero, most) = (Vector256.Create(origin), Vector256.Create(LargestExponent));
        var sum = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
        {
            var power = Vector256.Exp(Vector256.Min(Vector256.LoadUnsafe(ref pixel, i) - zero, most));
            power.StoreUnsafe(ref pixel, i);
            sum += power;
        }
        return Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(ref float pixel, float factor, int stride, ref float sum)
    {
        var scale = Vector256.Create(factor);
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
            (Vector256.LoadUnsafe(ref sum, i) + Vector256.LoadUnsafe(ref pixel, i) * scale).StoreUnsafe(ref sum, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(ref float pixel, int stride, float factor)
    {
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
            (Vector256.LoadUnsafe(ref pixel, i) * factor).StoreUnsafe(ref pixel, i);
    }

    private static float Sum(ref float pixel, int stride)
    {
        var sum = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)stride; i += Lanes)
            sum += Vector256.LoadUnsafe(ref pixel, i);
        return Vector256.Sum(sum);
    }

    private static float Largest(ref float pixel, int stride)
    {
        var largest = Vector256.LoadUnsafe(ref pixel);
        for (nuint i = Lanes; i < (nuint)stride; i += Lanes)
            largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref pixel, i));
        return Largest(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(Vector256<float> values)
    {
        var largest = Vector128.Max(values.GetLower(), values.GetUpper());
        largest = Vector128.Max(largest, Vector128.Shuffle(largest, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(largest, Vector128.Shuffle(largest, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
