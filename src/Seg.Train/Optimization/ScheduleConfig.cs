namespace Seg.Train.Optimization;

/// <summary>The <c>train.schedule:</c> section of a config.</summary>
public sealed record ScheduleConfig
{
    /// <summary>poly: falls from the full rate to 0 as (1 − step / steps)^power.</summary>
    public ScheduleName Name { get; init; } = ScheduleName.Poly;

    /// <summary>Exponent of the fall, 0 (constant) or more; default 0.9.</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>Steps over which the rate rises in a straight line to the schedule's own; 0 or more, default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Share of the schedule's rate at which the warm-up begins; above 0 and at most 1, default 0.1.</summary>
    public double WarmupRatio { get; init; } = 0.1;

    internal void Validate()
    {
        TrainConfig.Require(Power is >= 0 and < double.PositiveInfinity, "schedule.power", Power, "0 or more");
        TrainConfig.Require(WarmupSteps >= 0, "schedule.warmup_steps", WarmupSteps, "0 or more");
        TrainConfig.Require(WarmupRatio is > 0 and <= 1, "schedule.warmup_ratio", WarmupRatio, "above 0 and at most 1");
    }
}
