namespace Seg.Train.Losses;

/// <summary>The <c>train.loss:</c> section of a config. Pixels with the data's ignore index never count.</summary>
public sealed record LossConfig
{
    /// <summary>cross_entropy.</summary>
    public LossName Name { get; init; } = LossName.CrossEntropy;

    /// <summary>What a pixel of each class counts: none (all the same; default), balanced (rare classes more, from the training masks) or list.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>With <c>class_weights: list</c>: one weight a class, in the order of the classes, each 0 or more.</summary>
    public double[]? WeightList { get; init; }

    internal void Validate()
    {
        TrainConfig.Require(ClassWeights == ClassWeighting.List == WeightList is not null, "loss.weight_list",
            WeightList is null ? "left out" : "given", "given with class_weights: list, and only then");
        TrainConfig.Require(WeightList is null || (WeightList.All(weight => weight is >= 0 and < double.PositiveInfinity) && WeightList.Any(weight => weight > 0)),
            "loss.weight_list", $"[{string.Join(", ", WeightList ?? [])}]", "numbers of 0 or more, at least one above 0");
    }
}
