using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Transforms;

/// <summary>
/// Changes of brightness, contrast, saturation and hue, as MMSegmentation's PhotoMetricDistortion draws them (after Liu et al., "SSD",
/// arXiv:1512.02325).
/// </summary>
/// <remarks>
/// Each change is made in half of the crops: brightness; contrast, before or after the next two; saturation and hue, in the HSV cone. One
/// pass in float32, where MMSegmentation rounds to 8 bits after each and OpenCV holds the hue in steps of 2 degrees.
/// </remarks>
/// <param name="Brightness">Added to every channel, in grey levels.</param>
/// <param name="Contrast">Factor of every channel.</param>
/// <param name="ContrastFirst">Whether contrast is changed before saturation and hue.</param>
/// <param name="Saturation">Factor of the saturation, which ends at 1.</param>
/// <param name="Hue">Turn of the hue, in sixths of a full turn: red to yellow is 1. Within −6 to 6.</param>
public readonly record struct PhotometricDistortion(float Brightness, float Contrast, bool ContrastFirst, float Saturation, float Hue)
{
    /// <param name="random">Nine numbers are taken, whatever comes of them.</param>
    public static PhotometricDistortion Draw(AugmentationConfig config, ref SplitMix64 random) =>
        Draw(config.Brightness, config.Contrast, config.Saturation, config.Hue, ref random);

    /// <inheritdoc cref="Draw(AugmentationConfig, ref SplitMix64)"/>
    public static PhotometricDistortion Draw(PhotometricConfig config, ref SplitMix64 random) =>
        Draw(config.Brightness, config.Contrast, config.Saturation, config.Hue, ref random);

    /// <summary>Changes an image in place.</summary>
    /// <param name="image">CV_8UC3 in BGR.</param>
    public void Apply(Mat image)
    {
        if (this is { Brightness: 0, Contrast: 1, Saturation: 1, Hue: 0 })
            return;
        for (var y = 0; y < image.Rows; y++)
            Apply(image.RowBytes(y));
        GC.KeepAlive(image);
    }

    private void Apply(Span<byte> row)
    {
        // Four pixels at a time; the vector reads 16 bytes for the 12 that it uses.
        ref var first = ref MemoryMarshal.GetReference(row);
        var used = Vector128.Create(-1, -1, -1, 0).AsByte();
        var x = 0;
        for (; x <= row.Length - 16; x += 12)
        {
            var pixels = Vector128.LoadUnsafe(ref first, (nuint)x);
            // Bytes 12 to 15 belong to the next pixels and are put back as they were.
            Vector128.ConditionalSelect(used, Change(pixels), pixels).StoreUnsafe(ref first, (nuint)x);
        }
        Span<byte> rest = stackalloc byte[16];
        for (; x < row.Length; x += 12)
        {
            var count = Math.Min(12, row.Length - x);
            row.Slice(x, count).CopyTo(rest);
            Change(Vector128.Create<byte>(rest)).CopyTo(rest);
            rest[..count].CopyTo(row[x..]);
        }
    }

    /// <summary>Four pixels: bytes b g r b g r b g r b g r, and four that come back as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Change(Vector128<byte> pixels)
    {
        // Index 16 is outside the vector and gives 0: each byte becomes an int32.
        var blue = Channel(Vector128.Shuffle(pixels, Vector128.Create((byte)0, 16, 16, 16, 3, 16, 16, 16, 6, 16, 16, 16, 9, 16, 16, 16)));
        var green = Channel(Vector128.Shuffle(pixels, Vector128.Create((byte)1, 16, 16, 16, 4, 16, 16, 16, 7, 16, 16, 16, 10, 16, 16, 16)));
        var red = Channel(Vector128.Shuffle(pixels, Vector128.Create((byte)2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16)));

        var brightness = Vector128.Create(Brightness);
        (blue, green, red) = (Clip(blue + brightness), Clip(green + brightness), Clip(red + brightness));
        if (ContrastFirst)
            (blue, green, red) = (Clip(blue * Contrast), Clip(green * Contrast), Clip(red * Contrast));
        if (Hue != 0)
            Turn(ref blue, ref green, ref red);
        else if (Saturation != 1)
            Saturate(ref blue, ref green, ref red);
        if (!ContrastFirst)
            (blue, green, red) = (Clip(blue * Contrast), Clip(green * Contrast), Clip(red * Contrast));

        var packed = Round(blue) | (Round(green) << 8) | (Round(red) << 16);
        return Vector128.Shuffle(packed.AsByte(), Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 16, 16, 16));
    }

    /// <summary>Saturation in the HSV cone, on values of 0–255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Saturate(ref Vector128<float> blue, ref Vector128<float> green, ref Vector128<float> red)
    {
        var (value, _, divisor) = Cone(blue, green, red);
        var factor = SaturationFactor(value, divisor);
        blue = value - (value - blue) * factor;
        green = value - (value - green) * factor;
        red = value - (value - red) * factor;
    }

    /// <summary>Saturation and hue in the HSV cone, on values of 0–255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn(ref Vector128<float> blue, ref Vector128<float> green, ref Vector128<float> red)
    {
        var (value, chroma, divisor) = Cone(blue, green, red);
        var isRed = Vector128.Equals(value, red);
        var isGreen = Vector128.Equals(value, green);
        var difference = Select(isRed, green - blue, Select(isGreen, blue - red, red - green));
        var sector = Select(isRed, Vector128<float>.Zero, Select(isGreen, Vector128.Create(2f), Vector128.Create(4f)));
        var hue = difference / divisor + sector + Vector128.Create(Hue);
        var newChroma = chroma * SaturationFactor(value, divisor);
        blue = FromHue(hue + Vector128.Create(1f), value, newChroma);
        green = FromHue(hue + Vector128.Create(3f), value, newChroma);
        red = FromHue(hue + Vector128.Create(5f), value, newChroma);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Value, Vector128<float> Chroma, Vector128<float> Divisor) Cone(
        Vector128<float> blue, Vector128<float> green, Vector128<float> red)
    {
        var value = Vector128.MaxNative(Vector128.MaxNative(blue, green), red);
        var chroma = value - Vector128.MinNative(Vector128.MinNative(blue, green), red);
        return (value, chroma, Vector128.MaxNative(chroma, Vector128.Create(1e-6f)));        // a grey pixel has no hue, and stays grey
    }

    /// <summary>Saturation is chroma / value: multiplied, but at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> SaturationFactor(Vector128<float> value, Vector128<float> divisor) =>
        Vector128.MinNative(Vector128.Create(Saturation), value / divisor);

    /// <summary>A channel by its distance k from its own hue: value − chroma · max(0, min(k, 4 − k, 1)), with k modulo 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FromHue(Vector128<float> k, Vector128<float> value, Vector128<float> chroma)
    {
        k -= Vector128.Floor(k * (1 / 6f)) * 6f;
        var share = Vector128.MinNative(Vector128.MinNative(k, Vector128.Create(4f) - k), Vector128<float>.One);
        return value - chroma * Vector128.MaxNative(share, Vector128<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Select(Vector128<float> condition, Vector128<float> ifSo, Vector128<float> ifNot) =>
        Vector128.ConditionalSelect(condition, ifSo, ifNot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Channel(Vector128<byte> values) => Vector128.ConvertToSingle(values.AsInt32());

    // The "native" forms are one instruction each; they differ from the others for what is not a number or out of range alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Clip(Vector128<float> values) =>
        Vector128.MinNative(Vector128.MaxNative(values, Vector128<float>.Zero), Vector128.Create(255f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Round(Vector128<float> values) => Vector128.ConvertToInt32Native(values + Vector128.Create(0.5f));

    private static PhotometricDistortion Draw(double brightness, double[] contrast, double[] saturation, double hue, ref SplitMix64 random)
    {
        var added = Draw(-brightness, brightness, neutral: 0, ref random);
        var contrastFirst = random.NextInt(2) == 1;
        var factor = Draw(contrast[0], contrast[1], neutral: 1, ref random);
        var saturated = Draw(saturation[0], saturation[1], neutral: 1, ref random);
        var turned = Draw(-hue, hue, neutral: 0, ref random);
        return new PhotometricDistortion((float)added, (float)factor, contrastFirst, (float)saturated, (float)(turned / 30));
    }

    private static double Draw(double least, double greatest, double neutral, ref SplitMix64 random)
    {
        var change = random.NextInt(2) == 1;
        var drawn = random.NextDouble(least, greatest);
        return change ? drawn : neutral;
    }
}
