using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>The <c>train.loss:</c> section of a config. Pixels with the data's ignore index never count.</summary>
public sealed record LossConfig : IChecked
{
    /// <summary>cross_entropy.</summary>
    public LossName Name { get; init; } = LossName.CrossEntropy;

    /// <summary>
    /// What a pixel of each class counts: none (all the same; default), balanced (rare classes more, from the training masks) or list.
    /// </summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>With <c>class_weights: list</c>: one weight a class, in the order of the classes, each 0 or more.</summary>
    public double[]? WeightList { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (ClassWeights == ClassWeighting.List && WeightList is null)
            yield return new(nameof(ClassWeights), "is list, but there is no weight_list; give one weight a class");
        if (ClassWeights != ClassWeighting.List && WeightList is not null)
            yield return new(nameof(WeightList), "is read with class_weights: list alone; set that, or leave the weights out");
        var inRange = WeightList is null || WeightList.All(weight => weight is >= 0 and < double.PositiveInfinity);
        if (WeightList is not null && (!inRange || WeightList.All(weight => weight == 0)))
            yield return new(nameof(WeightList), $"is [{string.Join(", ", WeightList)}]; each must be 0 or more, and one above 0");
    }
}
