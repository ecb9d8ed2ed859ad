using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>A loss that is a mean over pixels, in which those of each class may count differently.</summary>
public abstract record PixelLossConfig : LossConfig
{
    /// <summary>
    /// What a pixel of each class counts: none (all the same; default), balanced (rare classes more, from the training masks) or list.
    /// </summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>With <c>class_weights: list</c>: one weight a class, in the order of the classes, each 0 or more.</summary>
    public double[]? WeightList { get; init; }

    /// <summary>
    /// With <c>class_weights: balanced</c>: weights go with 1 / frequency to this power. 0 (all the same) to 1 (each class counts as much in all);
    /// default 0.5, as 1 makes a network paint rare classes far too wide.
    /// </summary>
    public double? BalanceExponent { get; init; }

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (ClassWeights == ClassWeighting.List && WeightList is null)
            yield return new(nameof(ClassWeights), "is list, but there is no weight_list; give one weight a class");
        if (ClassWeights != ClassWeighting.List && WeightList is not null)
            yield return new(nameof(WeightList), "is read with class_weights: list alone; set that, or leave the weights out");
        var inRange = WeightList is null || WeightList.All(weight => weight is >= 0 and < double.PositiveInfinity);
        if (WeightList is not null && (!inRange || WeightList.All(weight => weight == 0)))
            yield return new(nameof(WeightList), $"is [{string.Join(", ", WeightList)}]; each must be 0 or more, and one above 0");
        if (ClassWeights != ClassWeighting.Balanced && BalanceExponent is not null)
            yield return new(nameof(BalanceExponent), "is read with class_weights: balanced alone; set that, or leave the exponent out");
        if (BalanceExponent is not (null or >= 0 and <= 1))
            yield return new(nameof(BalanceExponent), $"is {BalanceExponent}; must be 0 to 1");
    }
}
