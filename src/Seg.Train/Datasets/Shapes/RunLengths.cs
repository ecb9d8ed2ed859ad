using OpenCvSharp;

namespace Seg.Train.Datasets;

/// <summary>
/// A region as COCO stores crowds: column by column from the top left, how many pixels are outside, then inside, then outside, …
/// </summary>
/// <param name="Counts">Adds up to <paramref name="Width"/> · <paramref name="Height"/>.</param>
internal sealed record RunLengths(int Width, int Height, int[] Counts)
{
    /// <summary>Decodes COCO's text form: 5 bits a letter, counts from the fourth on as differences to the one before the last.</summary>
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static int[] Decode(string text)
    {
        const int FirstLetter = 48, More = 0x20, Sign = 0x10, Bits = 5;
        List<int> counts = [];
        for (var position = 0; position < text.Length;)
        {
            long value = 0;
            int letter, shift = 0;
            do
            {
                if (position == text.Length || shift > 30)
                    throw new FormatException("the run lengths end within a number");
                letter = text[position++] - FirstLetter;
                if (letter is < 0 or > 63)
                    throw new FormatException($"the run lengths hold the letter '{text[position - 1]}'");
                value |= (long)(letter & 0x1F) << shift;
                shift += Bits;
            }
            while ((letter & More) != 0);
            if ((letter & Sign) != 0)
                value |= -1L << shift;
            if (counts.Count > 2)
                value += counts[^2];
            if (value is < 0 or > int.MaxValue)
                throw new FormatException($"the run lengths hold {value}");
            counts.Add((int)value);
        }
        return [.. counts];
    }

    /// <summary>Writes a value into the region's pixels.</summary>
    /// <param name="mask">CV_8UC1 of the region's size.</param>
    public unsafe void Fill(Mat mask, byte value)
    {
        long position = 0;
        var inside = false;
        foreach (var count in Counts)
        {
            for (var next = Math.Min(position + count, (long)Width * Height); inside && position < next; position++)
                ((byte*)mask.Ptr((int)(position % Height)))[position / Height] = value;
            if (!inside)
                position += count;
            inside = !inside;
        }
        GC.KeepAlive(mask);
    }
}
