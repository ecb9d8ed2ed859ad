namespace Seg.Predict.Pose;

/// <summary>
/// Smooths a value over time: strongly while it rests, where shaking shows, and little while it moves, where lagging behind shows.
/// </summary>
/// <remarks>
/// Casiez et al., "1€ Filter", CHI 2012: a low pass whose cutoff frequency is <see cref="OneEuroOptions.MinCutoff"/> +
/// <see cref="OneEuroOptions.Beta"/> · |speed|, the speed being low-passed itself. A default value has seen nothing.
/// </remarks>
internal struct OneEuroFilter
{
    private bool isRunning;
    private double value, speed;

    /// <param name="measured">The next measurement.</param>
    /// <param name="seconds">Time since the last one; above 0.</param>
    /// <param name="unit">What speeds are measured in: the person's size, so that people near and far are smoothed alike.</param>
    public double Next(double measured, double seconds, double unit, OneEuroOptions options)
    {
        if (!isRunning)
        {
            (isRunning, value, speed) = (true, measured, 0);
            return measured;
        }
        speed += Weight(options.SpeedCutoff, seconds) * ((measured - value) / unit / seconds - speed);
        value += Weight(options.MinCutoff + options.Beta * Math.Abs(speed), seconds) * (measured - value);
        return value;
    }

    /// <summary>Of the new value in a first-order low pass: 1 / (1 + τ / T) with τ = 1 / (2π · cutoff).</summary>
    private static double Weight(double cutoff, double seconds) => 1 / (1 + 1 / (2 * Math.PI * cutoff * seconds));
}
