using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary><c>poly</c>: falls from the full rate to 0 as (1 − step / steps)^power, as in DeepLab and the official HRNet code.</summary>
public sealed record PolyScheduleConfig : ScheduleConfig
{
    /// <summary>Exponent of the fall, 0 (constant) or more; default 0.9.</summary>
    public double Power { get; init; } = 0.9;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Power is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(Power), $"is {Power}; must be 0 or more");
    }
}
