using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>Colours for classes that bring none.</summary>
public static class ClassPalette
{
    /// <summary>
    /// A colour that is easy to tell from those of nearby indices. It is the one that PASCAL VOC's colour map has at index + 1: the
    /// index's bits, dealt out in turn to the high bits of R, G and B.
    /// </summary>
    /// <param name="index">0 … 254.</param>
    public static Rgb Color(int index)
    {
        int r = 0, g = 0, b = 0;
        for (int bits = index + 1, shift = 7; bits > 0; bits >>= 3, shift--)
        {
            r |= (bits & 1) << shift;
            g |= (bits >> 1 & 1) << shift;
            b |= (bits >> 2 & 1) << shift;
        }
        return new Rgb((byte)r, (byte)g, (byte)b);
    }
}
