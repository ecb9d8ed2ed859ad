namespace Seg.Train.Transforms;

/// <summary>
/// For each position of a crop along one axis, where in the source it comes from. Pixels are areas: the first one's centre is at 0.5.
/// </summary>
internal sealed class CropAxis
{
    /// <summary>Steps between two source pixels at which <see cref="Weights"/> are held.</summary>
    public const int One = 256;

    /// <param name="length">Of the crop.</param>
    /// <param name="offset">Of the crop in the scaled source; may be negative.</param>
    public CropAxis(int length, int offset, int scaledLength, int sourceLength, bool flip)
    {
        Nearest = new int[length];
        Lower = new int[length];
        Weights = new ushort[length];
        // The scaled source covers these positions, counted before the crop is mirrored.
        int first = Math.Clamp(-offset, 0, length), end = Math.Clamp(scaledLength - offset, first, length);
        (First, End) = flip ? (length - end, length - first) : (first, end);

        var step = (double)sourceLength / scaledLength;
        for (var position = First; position < End; position++)
        {
            var center = ((flip ? length - 1 - position : position) + offset + 0.5) * step;
            Nearest[position] = Math.Min((int)center, sourceLength - 1);
            var fine = (int)Math.Round(Math.Clamp(center - 0.5, 0, sourceLength - 1) * One);
            Lower[position] = fine / One;
            Weights[position] = (ushort)(fine % One);
        }
    }

    /// <summary>The first position that the source covers.</summary>
    public int First { get; }

    /// <summary>One past the last position that the source covers; at <see cref="First"/> where it covers none.</summary>
    public int End { get; }

    /// <summary>The source pixel in whose area the position's centre lies.</summary>
    public int[] Nearest { get; }

    /// <summary>The last source pixel whose centre is not behind the position's; outside the source, its border pixel.</summary>
    public int[] Lower { get; }

    /// <summary>What the pixel after <see cref="Lower"/> counts, in parts of <see cref="One"/>; 0 where there is none.</summary>
    public ushort[] Weights { get; }
}
