using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>The <c>train.schedule:</c> section of a config.</summary>
public sealed record ScheduleConfig : IChecked
{
    /// <summary>poly: falls from the full rate to 0 as (1 − step / steps)^power.</summary>
    public ScheduleName Name { get; init; } = ScheduleName.Poly;

    /// <summary>Exponent of the fall, 0 (constant) or more; default 0.9.</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>Steps over which the rate rises in a straight line to the schedule's own; 0 or more, default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Share of the schedule's rate at which the warm-up begins; above 0 and at most 1, default 0.1.</summary>
    public double WarmupRatio { get; init; } = 0.1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Power is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(Power), $"is {Power}; must be 0 or more");
        if (WarmupSteps < 0)
            yield return new(nameof(WarmupSteps), $"is {WarmupSteps}; must be 0 or more");
        if (WarmupRatio is not (> 0 and <= 1))
            yield return new(nameof(WarmupRatio), $"is {WarmupRatio}; must be above 0 and at most 1");
    }
}
