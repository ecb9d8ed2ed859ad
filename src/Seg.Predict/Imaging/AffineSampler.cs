using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;
using Seg.Models.Codecs;

namespace Seg.Predict.Imaging;

/// <summary>Samples an image along the rows of a picture that an affine map makes of it: bilinear, black outside the image.</summary>
/// <remarks>
/// The numbers are those of OpenCV's <c>warpAffine</c> with INTER_LINEAR and a constant border of 0, which the official pose code crops
/// with: positions in 1/32 pixel (rounded from 1/1024), weights of 5 bits an axis. Done here, as nothing is allocated for it, any number of
/// threads may crop at a time, and newer OpenCV versions compute otherwise. Positions beyond ±1,048,576 pixels are taken for these.
/// </remarks>
internal readonly unsafe ref struct AffineSampler
{
    private const int PositionBits = 10, WeightBits = 5;
    private const int Unit = 1 << WeightBits;
    private const int Half = 1 << (PositionBits - WeightBits - 1);      // rounds a position to 1/32 pixel

    private readonly byte* pixels;
    private readonly long step;
    private readonly int imageWidth, imageHeight;
    private readonly ReadOnlySpan<int> columnX, columnY;
    private readonly double downX, downY, startX, startY;

    /// <param name="bgr">CV_8UC3; must outlive the sampler.</param>
    /// <param name="map">From pixels of the image to pixels of the picture, whose centres are whole numbers on both sides.</param>
    /// <param name="columns">Room for twice the picture's width, kept as long as the sampler.</param>
    public AffineSampler(Mat bgr, AffineMap map, Span<int> columns)
    {
        pixels = bgr.DataPointer;
        (step, imageWidth, imageHeight) = (bgr.Step(), bgr.Cols, bgr.Rows);
        // In the order in which OpenCV inverts it, as the last bit decides which way a position is rounded.
        var determinant = map.XX * map.YY - map.XY * map.YX;
        var factor = determinant != 0 ? 1 / determinant : 0;
        double alongX = map.YY * factor, alongY = map.YX * -factor;
        (downX, downY) = (map.XY * -factor, map.XX * factor);
        startX = -alongX * map.X0 - downX * map.Y0;
        startY = -alongY * map.X0 - downY * map.Y0;

        var width = columns.Length / 2;
        for (var x = 0; x < width; x++)
            (columns[x], columns[width + x]) = (Position(alongX * x), Position(alongY * x));
        columnX = columns[..width];
        columnY = columns[width..];
    }

    /// <summary>Writes one row of the picture.</summary>
    /// <param name="y">Its number, from 0 on.</param>
    /// <param name="bgr">Three bytes a pixel.</param>
    public void Row(int y, Span<byte> bgr)
    {
        int rowX = Position(downX * y + startX) + Half, rowY = Position(downY * y + startY) + Half;
        // Locals, as the compiler keeps no field in a register.
        int lastX = imageWidth - 1, lastY = imageHeight - 1, width = columnX.Length;
        var (image, rowStep) = ((nint)pixels, step);
        fixed (byte* start = bgr)
        fixed (int* alongX = columnX, alongY = columnY)
        {
            for (var x = 0; x < width; x++)
            {
                var target = start + 3 * x;
                var positionX = (rowX + alongX[x]) >> (PositionBits - WeightBits);
                var positionY = (rowY + alongY[x]) >> (PositionBits - WeightBits);
                int left = positionX >> WeightBits, top = positionY >> WeightBits;
                int weightX = positionX & (Unit - 1), weightY = positionY & (Unit - 1);
                if ((uint)left >= (uint)lastX || (uint)top >= (uint)lastY)
                {
                    AtBorder(left, top, weightX, weightY, target);
                    continue;
                }
                var corner = (byte*)image + top * rowStep + left * 3;
                if (left + 2 <= lastX && x + 1 < width)
                    Inside(corner, corner + rowStep, weightX, weightY, target);
                else
                    AtSide(corner, corner + rowStep, weightX, weightY, target);
            }
        }
    }

    /// <summary>In 1/1024 pixel. The limits keep sums of two in 32 bits.</summary>
    private static int Position(double pixels) => (int)Math.Round(Math.Clamp(pixels * (1 << PositionBits), -(1 << 30), 1 << 30));

    /// <summary>
    /// All three channels at once: reads 8 bytes for the 6 of two pixels, and writes 4 for 3, of which the last is that of the pixel that
    /// follows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inside(byte* corner, byte* under, int weightX, int weightY, byte* target)
    {
        var above = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(corner)).AsByte());
        var below = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(under)).AsByte());
        var column = above * (ushort)(Unit - weightY) + below * (ushort)weightY;                     // b g r b' g' r', up to 255 · 32
        var here = Vector128.WidenLower(column) * (uint)(Unit - weightX);
        var there = Vector128.WidenLower(Vector128.Shuffle(column, Vector128.Create((ushort)3, 4, 5, 7, 7, 7, 7, 7))) * (uint)weightX;
        var values = ((here + there + Vector128.Create((uint)(Unit * Unit / 2))) >> (2 * WeightBits)).AsByte();
        // Index 16 is outside of the vector and gives 0.
        var bytes = Vector128.Shuffle(values, Vector128.Create((byte)0, 4, 8, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16));
        Unsafe.WriteUnaligned(target, bytes.AsUInt32().ToScalar());
    }

    /// <summary>In the image's last two columns or the picture's last one, where there is no room for more bytes than are needed.</summary>
    private static void AtSide(byte* corner, byte* under, int weightX, int weightY, byte* target)
    {
        for (var channel = 0; channel < 3; channel++)
            target[channel] = Mix(corner[channel], corner[channel + 3], under[channel], under[channel + 3], weightX, weightY);
    }

    /// <summary>At least one of the four pixels lies outside.</summary>
    private void AtBorder(int left, int top, int weightX, int weightY, byte* target)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            target[channel] = Mix(
                Value(left, top, channel), Value(left + 1, top, channel),
                Value(left, top + 1, channel), Value(left + 1, top + 1, channel), weightX, weightY);
        }
    }

    private int Value(int x, int y, int channel) =>
        (uint)x < (uint)imageWidth && (uint)y < (uint)imageHeight ? pixels[y * step + x * 3 + channel] : 0;

    /// <summary>Weights add up to 1024.</summary>
    private static byte Mix(int first, int second, int third, int fourth, int weightX, int weightY)
    {
        var above = first * (Unit - weightX) + second * weightX;
        var below = third * (Unit - weightX) + fourth * weightX;
        return (byte)((above * (Unit - weightY) + below * weightY + Unit * Unit / 2) >> (2 * WeightBits));
    }
}
