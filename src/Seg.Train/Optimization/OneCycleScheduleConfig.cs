using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>
/// <c>one_cycle</c>: half a cosine wave up from a small rate to the full one, then one down to nearly nothing (Smith and Topin, arXiv:1708.07120, in the form
/// of PyTorch's OneCycleLR; momentum stays as it is).
/// </summary>
public sealed record OneCycleScheduleConfig : ScheduleConfig
{
    /// <summary>Share of the run in which the rate rises, above 0 and below 1; default 0.3.</summary>
    public double RiseShare { get; init; } = 0.3;

    /// <summary>Share of the full rate at the start, above 0 and at most 1; default 0.04, a 25th.</summary>
    public double StartRatio { get; init; } = 0.04;

    /// <summary>Share of the full rate at the end, 0 to 1; default 0.000004, a 10,000th of the start.</summary>
    public double FinalRatio { get; init; } = 0.000004;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (RiseShare is not (> 0 and < 1))
            yield return new(nameof(RiseShare), $"is {RiseShare}; must be above 0 and below 1");
        if (StartRatio is not (> 0 and <= 1))
            yield return new(nameof(StartRatio), $"is {StartRatio}; must be above 0 and at most 1");
        if (FinalRatio is not (>= 0 and <= 1))
            yield return new(nameof(FinalRatio), $"is {FinalRatio}; must be 0 to 1");
        if (WarmupSteps > 0)
            yield return new(nameof(WarmupSteps), $"is {WarmupSteps}; one_cycle warms up by itself (rise_share), so leave it out");
    }
}
