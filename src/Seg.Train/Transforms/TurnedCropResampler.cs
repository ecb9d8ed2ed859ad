using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Models;

namespace Seg.Train.Transforms;

/// <summary>As <see cref="CropResampler"/>, for crops that are turned: no row of the crop lies along a row of the image.</summary>
/// <remarks>Positions are counted in 2^-32 pixels of the source, weights have 8 bits.</remarks>
internal sealed class TurnedCropResampler : ICropSampler
{
    private const int Fraction = 32;
    private const long Half = 1L << (Fraction - 1);

    private readonly CropPlan plan;
    private readonly int imageWidth, imageHeight;

    // Position in the source of the crop's pixel (0, 0), and how it changes along a row and from row to row.
    private readonly long startX, startY, alongX, alongY, downX, downY;

    public TurnedCropResampler(CropPlan plan, int imageWidth, int imageHeight)
    {
        (this.plan, this.imageWidth, this.imageHeight) = (plan, imageWidth, imageHeight);
        var (sin, cos) = Math.SinCos(plan.Angle * Math.PI / 180);
        double middleX = plan.Width / 2.0, middleY = plan.Height / 2.0;
        double stepX = (double)imageWidth / plan.ScaledWidth, stepY = (double)imageHeight / plan.ScaledHeight;
        // Back along the plan: turned back, then mirrored back, then shifted and shrunk to the source.
        (double X, double Y) Source(double x, double y)
        {
            double turnedX = middleX + cos * (x - middleX) + sin * (y - middleY), turnedY = middleY - sin * (x - middleX) + cos * (y - middleY);
            return (((plan.Flip ? plan.Width - turnedX : turnedX) + plan.Left) * stepX, (turnedY + plan.Top) * stepY);
        }
        var (originX, originY) = Source(0.5, 0.5);
        var (nextX, nextY) = Source(1.5, 0.5);
        var (belowX, belowY) = Source(0.5, 1.5);
        (startX, startY) = (Fixed(originX), Fixed(originY));
        (alongX, alongY) = (Fixed(nextX - originX), Fixed(nextY - originY));
        (downX, downY) = (Fixed(belowX - originX), Fixed(belowY - originY));

        static long Fixed(double value) => (long)Math.Round(value * (1L << Fraction));
    }

    public unsafe void Image(Mat source, Mat target, Rgb padding)
    {
        var rows = Rows(source);
        for (var y = 0; y < plan.Height; y++)
        {
            var output = (byte*)target.Ptr(y);
            long sourceX = startX + y * downX, sourceY = startY + y * downY;
            for (var x = 0; x < plan.Width; x++, output += 3, sourceX += alongX, sourceY += alongY)
            {
                if (IsOutside(sourceX, sourceY))
                    (output[0], output[1], output[2]) = (padding.B, padding.G, padding.R);
                else
                    Interpolate(rows, sourceX - Half, sourceY - Half, output, mayTouchNext: x + 1 < plan.Width);
            }
        }
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    public unsafe void Labels(Mat source, Span<byte> target, byte padding, int stride)
    {
        var rows = Rows(source);
        for (var y = 0; y < plan.Height; y++)
        {
            var output = target.Slice(y * stride, plan.Width);
            long sourceX = startX + y * downX, sourceY = startY + y * downY;
            for (var x = 0; x < plan.Width; x++, sourceX += alongX, sourceY += alongY)
            {
                output[x] = IsOutside(sourceX, sourceY)
                    ? padding
                    : ((byte*)rows[sourceY >> Fraction])[sourceX >> Fraction];
            }
        }
        GC.KeepAlive(source);
    }

    private bool IsOutside(long x, long y) => x < 0 || y < 0 || x >> Fraction >= imageWidth || y >> Fraction >= imageHeight;

    /// <summary>The bilinear value at a position, counted from the first pixel's centre; border pixels go on outwards.</summary>
    /// <param name="mayTouchNext">Whether the byte behind the pixel may be written too: that of the next pixel of the row, which comes later.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Interpolate(nint[] rows, long x, long y, byte* pixel, bool mayTouchNext)
    {
        int left = (int)(x >> Fraction), top = (int)(y >> Fraction);
        int weightX = (int)(x >> (Fraction - 8)) & 255, weightY = (int)(y >> (Fraction - 8)) & 255;
        var below = (byte*)rows[Math.Min(top + 1, imageHeight - 1)];
        var above = (byte*)rows[Math.Max(top, 0)];
        // A vector reads 8 bytes for the 6 of two pixels and writes 4 for 3: at the sides of image and crop plain code is used.
        if (mayTouchNext && left >= 0 && left + 3 <= imageWidth)
        {
            var first = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(above + left * 3)).AsByte());
            var second = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(below + left * 3)).AsByte());
            var column = first * (ushort)(256 - weightY) + second * (ushort)weightY;              // b g r b' g' r', up to 255 · 256
            var here = Vector128.WidenLower(column) * (uint)(256 - weightX);
            var there = Vector128.WidenLower(Vector128.Shuffle(column, Vector128.Create((ushort)3, 4, 5, 7, 7, 7, 7, 7))) * (uint)weightX;
            var sum = (here + there + Vector128.Create(1u << 15)).AsByte();
            // Byte 2 of each sum is the sum shifted by 16; index 16 is outside of the vector and gives 0.
            var bytes = Vector128.Shuffle(sum, Vector128.Create((byte)2, 6, 10, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16));
            Unsafe.WriteUnaligned(pixel, bytes.AsUInt32().ToScalar());
            return;
        }
        int leftOffset = Math.Max(left, 0) * 3, rightOffset = Math.Min(left + 1, imageWidth - 1) * 3;
        for (var channel = 0; channel < 3; channel++)
        {
            var onLeft = above[leftOffset + channel] * (256 - weightY) + below[leftOffset + channel] * weightY;
            var onRight = above[rightOffset + channel] * (256 - weightY) + below[rightOffset + channel] * weightY;
            pixel[channel] = (byte)((onLeft * (256 - weightX) + onRight * weightX + (1 << 15)) >> 16);
        }
    }

    /// <summary>Where each row begins: looked up once, as every pixel of the crop asks for two of them.</summary>
    private static nint[] Rows(Mat source)
    {
        var rows = new nint[source.Rows];
        for (var y = 0; y < rows.Length; y++)
            rows[y] = source.Ptr(y);
        return rows;
    }
}
