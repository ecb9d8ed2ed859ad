namespace Seg.Train.Optimization;

/// <summary>The learning rate of every step of a run.</summary>
/// <remarks>
/// While warming up, the rate of the schedule is multiplied by a factor that rises in a straight line from <see cref="ScheduleConfig.WarmupRatio"/>
/// to 1.
/// </remarks>
/// <param name="config">Shape of the schedule.</param>
/// <param name="learningRate">The full rate.</param>
/// <param name="steps">Steps of the whole run, at least 1.</param>
/// <param name="stepsPerEpoch">At least 1.</param>
public sealed class LearningRateSchedule(ScheduleConfig config, double learningRate, long steps, int stepsPerEpoch)
{
    /// <param name="step">The step within the run, from 0.</param>
    public double RateAt(long step) => Warmup(step) * config switch
    {
        PolyScheduleConfig poly => learningRate * Math.Pow(Math.Max(0, 1 - step / (double)steps), poly.Power),
        CosineScheduleConfig cosine => learningRate * Wave(1, cosine.FinalRatio, step / (double)steps),
        StepScheduleConfig stairs => learningRate * Math.Pow(stairs.Factor, stairs.Epochs.Count(epoch => step >= (long)epoch * stepsPerEpoch)),
        OneCycleScheduleConfig cycle => learningRate * OneCycle(cycle, step),
        _ => throw new ArgumentException($"No schedule is known for a {config.GetType().Name}."),
    };

    /// <summary>Half a cosine wave from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <param name="share">Of the way, 0 at the start; beyond 1 it stays at the end.</param>
    private static double Wave(double start, double end, double share) =>
        end + (start - end) * (1 + Math.Cos(Math.PI * Math.Min(1, share))) / 2;

    // The last step has the final rate, and the top is where PyTorch's OneCycleLR has it.
    private double OneCycle(OneCycleScheduleConfig cycle, long step)
    {
        var top = Math.Max(0, cycle.RiseShare * steps - 1);
        if (step < top)
            return Wave(cycle.StartRatio, 1, step / top);
        var fall = steps - 1 - top;
        return Wave(1, cycle.FinalRatio, fall <= 0 ? 1 : (step - top) / fall);
    }

    private double Warmup(long step) => step >= config.WarmupSteps
        ? 1
        : config.WarmupRatio + (1 - config.WarmupRatio) * step / config.WarmupSteps;
}
