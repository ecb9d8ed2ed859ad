using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>The <c>train.schedule:</c> section of a config: how the learning rate changes from step to step. Poly where no name is given.</summary>
[VariantKey("name", Default = "poly")]
[Variant("poly", typeof(PolyScheduleConfig))]
[Variant("cosine", typeof(CosineScheduleConfig))]
[Variant("step", typeof(StepScheduleConfig))]
[Variant("one_cycle", typeof(OneCycleScheduleConfig))]
public abstract record ScheduleConfig : IChecked
{
    /// <summary>Steps over which the rate rises in a straight line to the schedule's own; 0 or more, default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Share of the schedule's rate at which the warm-up begins; above 0 and at most 1, default 0.1.</summary>
    public double WarmupRatio { get; init; } = 0.1;

    public virtual IEnumerable<ConfigFault> Faults()
    {
        if (WarmupSteps < 0)
            yield return new(nameof(WarmupSteps), $"is {WarmupSteps}; must be 0 or more");
        if (WarmupRatio is not (> 0 and <= 1))
            yield return new(nameof(WarmupRatio), $"is {WarmupRatio}; must be above 0 and at most 1");
    }
}
