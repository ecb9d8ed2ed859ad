using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>Parameters that learn at another rate or with another weight decay: an item of <c>train.optimizer.rules:</c>.</summary>
public sealed record ParameterRule : IChecked
{
    /// <summary>
    /// Which parameters, by their names in the state dict; * stands for any text, ? for any letter. "head.*", "*.bias". At least one must match.
    /// </summary>
    public required string Match { get; init; }

    /// <summary>What the learning rate is multiplied by, 0 or more; default 1.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>What the weight decay is multiplied by, 0 or more; default 1.</summary>
    public double WeightDecayFactor { get; init; } = 1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Match.Length == 0)
            yield return new(nameof(Match), "is empty; give the name of a parameter, or a pattern such as head.*");
        if (LearningRateFactor is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(LearningRateFactor), $"is {LearningRateFactor}; must be 0 or more");
        if (WeightDecayFactor is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(WeightDecayFactor), $"is {WeightDecayFactor}; must be 0 or more");
    }
}
