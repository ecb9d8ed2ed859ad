using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary><c>step</c>: multiplied by a factor after each of some epochs, as in the official pose recipes ([170, 200] of 210, by 0.1).</summary>
public sealed record StepScheduleConfig : ScheduleConfig
{
    /// <summary>Epochs after which the rate changes, each at least 1, rising. Those that the run does not reach have no effect.</summary>
    public required int[] Epochs { get; init; }

    /// <summary>What the rate is multiplied by each time, above 0 and below 1; default 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Epochs.Length == 0 || Epochs[0] < 1 || Epochs.Zip(Epochs.Skip(1)).Any(pair => pair.First >= pair.Second))
            yield return new(nameof(Epochs), $"is [{string.Join(", ", Epochs)}]; must be rising numbers of epochs, the first at least 1");
        if (Factor is not (> 0 and < 1))
            yield return new(nameof(Factor), $"is {Factor}; must be above 0 and below 1");
    }
}
