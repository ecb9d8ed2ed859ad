using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Transforms;

/// <summary>
/// Cuts a crop out of an image and its labels: scaling, cropping, padding and mirroring in one pass over the pixels that are needed.
/// </summary>
/// <remarks>
/// Own code rather than OpenCV's: its nearest neighbour is half a pixel off its bilinear interpolation, its results differ in the last bit
/// from one processor to the other, and it would scale all of the image first. Weights have 8 bits; results are within 1.5 grey levels of
/// exact interpolation.
/// </remarks>
internal sealed class CropResampler : ICropSampler
{
    private readonly CropPlan plan;
    private readonly CropAxis columns, rows;

    public CropResampler(CropPlan plan, int imageWidth, int imageHeight)
    {
        this.plan = plan;
        columns = new CropAxis(plan.Width, plan.Left, plan.ScaledWidth, imageWidth, plan.Flip);
        rows = new CropAxis(plan.Height, plan.Top, plan.ScaledHeight, imageHeight, flip: false);
    }

    public void Image(Mat source, Mat target, Rgb padding)
    {
        // The two source rows that an output row lies between; the lower one often is the next output row's upper one.
        var upper = new InterpolatedRow(plan.Width, padding);
        var lower = new InterpolatedRow(plan.Width, padding);
        var empty = new InterpolatedRow(plan.Width, padding);
        for (var y = 0; y < plan.Height; y++)
        {
            var output = target.RowBytes(y);
            if (y < rows.First || y >= rows.End)
            {
                Blend(empty.Values, empty.Values, 0, output);
                continue;
            }
            var first = rows.Lower[y];
            var second = Math.Min(first + 1, source.Rows - 1);
            if (lower.Source == first)
                (upper, lower) = (lower, upper);
            Interpolate(source, first, upper);
            Interpolate(source, second, lower);
            Blend(upper.Values, lower.Values, rows.Weights[y], output);
        }
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    public void Labels(Mat source, Span<byte> target, byte padding) => Labels(source, target, padding, plan.Width);

    public void Labels(Mat source, Span<byte> target, byte padding, int stride)
    {
        var nearest = columns.Nearest;
        for (var y = 0; y < plan.Height; y++)
        {
            var output = target.Slice(y * stride, plan.Width);
            if (y < rows.First || y >= rows.End)
            {
                output.Fill(padding);
                continue;
            }
            var input = source.RowBytes(rows.Nearest[y]);
            output[..columns.First].Fill(padding);
            for (var x = columns.First; x < columns.End; x++)
                output[x] = input[nearest[x]];
            output[columns.End..].Fill(padding);
        }
        GC.KeepAlive(source);
    }

    private void Interpolate(Mat source, int sourceRow, InterpolatedRow row)
    {
        if (row.Source == sourceRow)
            return;
        row.Source = sourceRow;
        var input = source.RowBytes(sourceRow);
        ref var first = ref MemoryMarshal.GetReference(input);
        ref var values = ref MemoryMarshal.GetArrayDataReference(row.Values);
        // A vector reads 8 bytes for the 6 of two pixels and writes 4 values for 3: near the row's ends plain code is used.
        int lastVector = input.Length - 8, lastPixel = columns.End - 1;
        for (var x = columns.First; x <= lastPixel; x++)
        {
            int offset = columns.Lower[x] * 3, weight = columns.Weights[x];
            if (offset <= lastVector && x < lastPixel)
            {
                var pixels = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, offset))).AsByte();
                var weighted = Vector128.WidenLower(pixels) * InterpolatedRow.PixelWeights[weight];       // (b, g, r, b', g', r', 0, 0)
                var sum = weighted + Vector128.Shuffle(weighted, Vector128.Create((ushort)3, 4, 5, 6, 7, 7, 7, 7));
                Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref values, x * 3)), sum.AsUInt64().ToScalar());
                continue;
            }
            var next = Math.Min(offset + 3, input.Length - 3);
            for (var channel = 0; channel < 3; channel++)
                row.Values[x * 3 + channel] = (ushort)(input[offset + channel] * (CropAxis.One - weight) + input[next + channel] * weight);
        }
    }

    /// <summary>upper + (lower − upper) · weight / 256, rounded to whole grey levels.</summary>
    private static void Blend(ReadOnlySpan<ushort> upper, ReadOnlySpan<ushort> lower, int weight, Span<byte> output)
    {
        uint lowerWeight = (uint)weight, upperWeight = CropAxis.One - lowerWeight;
        const uint half = 1 << 15;
        var i = 0;
        for (; i <= output.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            Vector256.Narrow(Sixteen(upper[i..], lower[i..]), Sixteen(upper[(i + 16)..], lower[(i + 16)..])).CopyTo(output[i..]);
        for (; i < output.Length; i++)
            output[i] = (byte)((upper[i] * upperWeight + lower[i] * lowerWeight + half) >> 16);

        Vector256<ushort> Sixteen(ReadOnlySpan<ushort> above, ReadOnlySpan<ushort> below)
        {
            var (aboveLow, aboveHigh) = Vector256.Widen(Vector256.Create(above));
            var (belowLow, belowHigh) = Vector256.Widen(Vector256.Create(below));
            var low = (aboveLow * upperWeight + belowLow * lowerWeight + Vector256.Create(half)) >>> 16;
            var high = (aboveHigh * upperWeight + belowHigh * lowerWeight + Vector256.Create(half)) >>> 16;
            return Vector256.Narrow(low, high);
        }
    }

    /// <summary>A source row, interpolated to the crop's columns; those that the source does not cover hold the padding for good.</summary>
    private sealed class InterpolatedRow
    {
        public InterpolatedRow(int width, Rgb padding)
        {
            Values = new ushort[width * 3];
            for (var x = 0; x < width; x++)
            {
                Values[x * 3] = (ushort)(padding.B * CropAxis.One);
                Values[x * 3 + 1] = (ushort)(padding.G * CropAxis.One);
                Values[x * 3 + 2] = (ushort)(padding.R * CropAxis.One);
            }
        }

        /// <summary>For each weight of the second pixel, the weights of two pixels' channels.</summary>
        public static Vector128<ushort>[] PixelWeights { get; } = [.. Enumerable.Range(0, CropAxis.One).Select(weight =>
        {
            ushort first = (ushort)(CropAxis.One - weight), second = (ushort)weight;
            return Vector128.Create(first, first, first, second, second, second, 0, 0);
        })];

        /// <summary>Which source row this is; −1 for none.</summary>
        public int Source { get; set; } = -1;

        /// <summary>B, G, R of each column, in 1/256 of a grey level.</summary>
        public ushort[] Values { get; }
    }
}
