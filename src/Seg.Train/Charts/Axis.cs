using System.Globalization;

namespace Seg.Train.Charts;

/// <summary>A range of values with round numbers to mark it by.</summary>
internal sealed record Axis
{
    private Axis(double least, double most, double step) => (Least, Most, Step) = (least, most, step);

    public double Least { get; }

    public double Most { get; }

    /// <summary>Between two marks: 1, 2 or 5 times a power of ten.</summary>
    public double Step { get; }

    public IEnumerable<double> Marks
    {
        get
        {
            for (var i = (long)Math.Ceiling(Least / Step - 1e-9); i * Step <= Most + Step * 1e-9; i++)
                yield return i * Step;
        }
    }

    /// <summary>The axis that holds all values that are numbers; 0 to 1 when there are none.</summary>
    /// <param name="values">What is to be shown.</param>
    /// <param name="marks">About how many marks there is room for.</param>
    /// <param name="toMarks">Whether the axis is lengthened to end at marks.</param>
    public static Axis Of(IEnumerable<double> values, int marks, bool toMarks)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (least > most)
            (least, most) = (0, 1);
        // One value alone, or values that differ by rounding only, stand in the middle of a range of their own size.
        var middle = Math.Max(Math.Abs(least), Math.Abs(most));
        if (most - least <= middle * 1e-9)
            (least, most) = middle == 0 ? (0, 1) : (least - middle / 2, most + middle / 2);

        var step = RoundStep((most - least) / marks);
        return toMarks ? new(Math.Floor(least / step + 1e-9) * step, Math.Ceiling(most / step - 1e-9) * step, step)
            : new(least, most, step);
    }

    /// <summary>0 at the least value, 1 at the most.</summary>
    public double Place(double value) => (value - Least) / (Most - Least);

    /// <summary>The value with as many digits as the marks need.</summary>
    public string Text(double value, int moreDigits = 0)
    {
        if (Math.Max(Math.Abs(Least), Math.Abs(Most)) is >= 1e6 or < 1e-3)
            return value == 0 ? "0" : value.ToString(moreDigits > 0 ? "0.00e+0" : "0.#e+0", CultureInfo.InvariantCulture);
        var digits = Math.Max(0, -(int)Math.Floor(Math.Log10(Step) + 1e-9)) + moreDigits;
        return value.ToString("F" + digits, CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return (least / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
