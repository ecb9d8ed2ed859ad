using System.Text;
using OpenCvSharp;

namespace Seg.Predict.Imaging;

/// <summary>
/// A region as COCO stores it (RLE): column by column from the top left, how many pixels are outside, then inside, then outside, …
/// </summary>
/// <param name="Counts">Adds up to <paramref name="Width"/> · <paramref name="Height"/>.</param>
public sealed record RunLengths(int Width, int Height, int[] Counts)
{
    // COCO's text form (rleToString in the authors' maskApi.c): letters of 6 bits from '0' on, the lowest 5 bits of a number first.
    private const int FirstLetter = 48, More = 0x20, Sign = 0x10, Bits = 5, Low = 0x1F;

    /// <summary>Pixels inside.</summary>
    public long Area => Counts.Where((_, index) => index % 2 == 1).Sum(count => (long)count);

    /// <summary>The regions of all classes, in one pass over the map.</summary>
    /// <returns>One for each id from 0 to <paramref name="classes"/> − 1; null where the map has none of it.</returns>
    public static RunLengths?[] OfClasses(LabelMap map, int classes)
    {
        using var rows = map.AsMat();
        var columns = new byte[map.Labels.Length];
        using (var transposed = Mat.FromPixelData(map.Width, map.Height, MatType.CV_8UC1, columns))
            Cv2.Transpose(rows, transposed);
        var counts = new List<int>?[classes];
        var ends = new int[classes];                            // of each class's last run
        for (int start = 0, end; start < columns.Length; start = end)
        {
            var id = columns[start];
            var length = columns.AsSpan(start).IndexOfAnyExcept(id);
            end = length < 0 ? columns.Length : start + length;
            if (id < classes)
            {
                (counts[id] ??= []).Add(start - ends[id]);
                counts[id]!.Add(end - start);
                ends[id] = end;
            }
        }
        return [.. counts.Select((runs, id) => runs is null ? null : new RunLengths(map.Width, map.Height, Whole(runs, ends[id])))];

        int[] Whole(List<int> runs, int end)
        {
            if (end < columns.Length)
                runs.Add(columns.Length - end);
            return [.. runs];
        }
    }

    /// <summary>Encodes in COCO's text form: counts from the fourth on as differences to the one before the last.</summary>
    public static string Encode(ReadOnlySpan<int> counts)
    {
        StringBuilder text = new(2 * counts.Length);
        for (var index = 0; index < counts.Length; index++)
        {
            var value = (long)counts[index] - (index > 2 ? counts[index - 2] : 0);
            bool more;
            do
            {
                var letter = (int)(value & Low);
                value >>= Bits;
                more = (letter & Sign) != 0 ? value != -1 : value != 0;
                text.Append((char)(FirstLetter + letter + (more ? More : 0)));
            }
            while (more);
        }
        return text.ToString();
    }

    /// <summary>Decodes what <see cref="Encode"/> and COCO's tools write.</summary>
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static int[] Decode(string text)
    {
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
                value |= (long)(letter & Low) << shift;
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
