namespace Seg.Train.Optimization;

/// <summary>The learning rate of every step of a run.</summary>
/// <remarks>
/// Poly: rate · (1 − step / steps)^power, as DeepLab and the official HRNet code have it. While warming up, the rate of the schedule is
/// multiplied by a factor that rises in a straight line from <see cref="ScheduleConfig.WarmupRatio"/> to 1.
/// </remarks>
/// <param name="config">Shape of the schedule.</param>
/// <param name="learningRate">The full rate.</param>
/// <param name="steps">Steps of the whole run, at least 1.</param>
public sealed class LearningRateSchedule(ScheduleConfig config, double learningRate, long steps)
{
    /// <param name="step">The step within the run, from 0.</param>
    public double RateAt(long step) => Warmup(step) * config.Name switch
    {
        ScheduleName.Poly => learningRate * Math.Pow(Math.Max(0, 1 - step / (double)steps), config.Power),
        _ => throw new ArgumentOutOfRangeException(nameof(step), config.Name, null),
    };

    private double Warmup(long step) => step >= config.WarmupSteps
        ? 1
        : config.WarmupRatio + (1 - config.WarmupRatio) * step / config.WarmupSteps;
}
