namespace SkiaSharp;

/// <summary>A change of a stroke's line: dashes.</summary>
public sealed class SKPathEffect : SKObject
{
    private readonly double[] intervals;
    private readonly double phase;

    private SKPathEffect(double[] intervals, double phase) => (this.intervals, this.phase) = (intervals, phase);

    internal (double[] Intervals, double Phase) Dash
    {
        get
        {
            ThrowIfDisposed();
            return (intervals, phase);
        }
    }

    /// <param name="intervals">Lengths on and off in turn; an even number of them, each at least 0 and one above 0.</param>
    /// <param name="phase">Where in the intervals a line begins.</param>
    /// <exception cref="ArgumentException">The intervals are not like that.</exception>
    public static SKPathEffect CreateDash(float[] intervals, float phase)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        if (intervals.Length == 0 || intervals.Length % 2 != 0)
            throw new ArgumentException("The intervals must have an even number of entries.", nameof(intervals));
        if (intervals.Any(length => !(length >= 0) || float.IsInfinity(length)) || intervals.All(length => length == 0))
            throw new ArgumentException("Each interval must be at least 0, and one above 0.", nameof(intervals));
        return new(Array.ConvertAll(intervals, length => (double)length), phase);
    }
}
