using System.Globalization;

namespace Seg.Models.Runtime.Compiled;

/// <summary>How the positive values of each channel of a map are spread, and the scales that follow from that.</summary>
/// <remarks>
/// A channel's range is a power of two that doubles when a larger value comes; then every two bins become one. So the counts do not depend on the order
/// in which values come.
/// </remarks>
/// <param name="channels">Of the map.</param>
internal sealed class ChannelHistograms(int channels)
{
    /// <summary>The largest whole number of a map.</summary>
    public const int LargestValue = 255;

    private const int Bins = 512;
    private const int SmallestExponent = -100;

    private readonly int[][] counts = [.. Enumerable.Range(0, channels).Select(_ => new int[Bins])];
    private readonly float[] ranges = new float[channels];   // 0: no value yet

    public int Channels => channels;

    /// <param name="values">(C, H, W). What is not positive or not finite is left out.</param>
    public void Add(ReadOnlySpan<float> values)
    {
        var positions = values.Length / channels;
        for (var channel = 0; channel < channels; channel++)
            Add(channel, values.Slice(channel * positions, positions));
    }

    /// <summary>
    /// What 1 stands for in each channel: so that the sum of squared errors is the least, of rounding below 255 times that and of cutting off above it.
    /// A channel without positive values gets the largest of the others, for it may have some later.
    /// </summary>
    public float[] Scales()
    {
        var scales = Enumerable.Range(0, channels).Select(Scale).ToArray();
        var largest = scales.Max() is var scale and > 0 ? scale : 1f / LargestValue;
        return [.. scales.Select(own => Rounded(own > 0 ? own : largest))];
    }

    private void Add(int channel, ReadOnlySpan<float> values)
    {
        var counts = this.counts[channel];
        Widen(channel, values);
        var binsByValue = ranges[channel] > 0 ? Bins / ranges[channel] : 0;
        foreach (var value in values)
        {
            if (value > 0 && float.IsFinite(value))
                counts[Math.Min((int)(value * binsByValue), Bins - 1)]++;
        }
    }

    private void Widen(int channel, ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            if (value > largest && float.IsFinite(value))
                largest = value;
        }
        if (largest > 0 && ranges[channel] == 0)
            ranges[channel] = MathF.ScaleB(1, Math.Max(SmallestExponent, MathF.ILogB(largest)));
        var counts = this.counts[channel];
        for (; largest > ranges[channel]; ranges[channel] *= 2)
        {
            for (var bin = 0; bin < Bins; bin++)
                counts[bin] = 2 * bin < Bins ? counts[2 * bin] + counts[2 * bin + 1] : 0;
        }
    }

    private float Scale(int channel)
    {
        var (width, counts) = (ranges[channel] / Bins, this.counts[channel]);
        var last = Array.FindLastIndex(counts, count => count > 0);
        if (last < 0)
            return 0;
        var all = counts.Sum(count => (double)count);
        var (best, least) = (0f, double.PositiveInfinity);
        // From all of the range down to a quarter of it, where a bin is still narrower than a step between whole numbers.
        for (var end = last + 1; end > Math.Max(last / 4, 0); end--)
        {
            var step = end * width / LargestValue;
            var error = all * step * step / 12 + CutOff(counts, end, width);
            if (error < least)
                (best, least) = (step, error);
        }
        return best;
    }

    private static double CutOff(int[] counts, int end, float width)
    {
        var error = 0.0;
        for (var bin = end; bin < Bins; bin++)
        {
            var beyond = (bin + 0.5 - end) * width;
            error += counts[bin] * beyond * beyond;
        }
        return error;
    }

    /// <summary>To four digits, which are enough and keep files short.</summary>
    private static float Rounded(float scale) => float.Parse(scale.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
