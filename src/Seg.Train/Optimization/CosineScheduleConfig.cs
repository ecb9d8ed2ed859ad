using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary><c>cosine</c>: half a wave from the full rate down to the final one (Loshchilov and Hutter, arXiv:1608.03983, without restarts).</summary>
public sealed record CosineScheduleConfig : ScheduleConfig
{
    /// <summary>Share of the full rate at the end, 0 to 1; default 0.</summary>
    public double FinalRatio { get; init; }

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (FinalRatio is not (>= 0 and <= 1))
            yield return new(nameof(FinalRatio), $"is {FinalRatio}; must be 0 to 1");
    }
}
