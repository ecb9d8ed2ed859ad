using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>
/// The <c>train.ema:</c> section of a config: an exponential moving average of the weights, which is validated and saved as the model in place of the
/// weights themselves.
/// </summary>
public sealed record AverageConfig : IChecked
{
    /// <summary>
    /// Share of the average that a step keeps, 0 to below 1; default 0.999: it looks back about 1000 steps. Longer runs take 0.9998.
    /// </summary>
    public double Decay { get; init; } = 0.999;

    /// <summary>
    /// Over about so many steps the decay rises from 0 to its own value, as decay · (1 − e^(−step / warmup_steps)), so that the first, random weights
    /// are forgotten. 0 or more; default 500.
    /// </summary>
    public int WarmupSteps { get; init; } = 500;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Decay is not (>= 0 and < 1))
            yield return new(nameof(Decay), $"is {Decay}; must be at least 0 and below 1");
        if (WarmupSteps < 0)
            yield return new(nameof(WarmupSteps), $"is {WarmupSteps}; must be 0 or more");
    }
}
