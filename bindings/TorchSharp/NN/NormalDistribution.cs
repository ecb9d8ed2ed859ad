namespace TorchSharp;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Probability of a value below <paramref name="x"/>, exact to about 1e-15.</summary>
    internal static double Cumulative(double x)
    {
        // Beyond 8 deviations the rest is below double's resolution at 1.
        if (x < -8)
            return 0;
        if (x > 8)
            return 1;
        // Marsaglia, "Evaluating the Normal Distribution", 2004: a series of x³/3, x⁵/15, …
        double term = x, sum = x;
        for (int odd = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); odd += 2)
            sum += term *= x * x / odd;
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
