using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>
/// One of the losses that <c>train.loss:</c> adds up. A plain cross-entropy needs no name: <c>loss: { class_weights: balanced }</c>; several make a
/// list: <c>loss: [{ name: cross_entropy }, { name: lovasz, weight: 0.5 }]</c>. Pixels with the data's ignore index never count.
/// </summary>
[VariantKey("name", Default = "cross_entropy")]
[Variant("cross_entropy", typeof(CrossEntropyConfig))]
[Variant("ohem", typeof(OhemConfig))]
[Variant("focal", typeof(FocalConfig))]
[Variant("dice", typeof(DiceConfig))]
[Variant("lovasz", typeof(LovaszConfig))]
public abstract record LossConfig : IChecked
{
    /// <summary>What this loss is multiplied by in the sum; above 0, default 1.</summary>
    public double Weight { get; init; } = 1;

    public virtual IEnumerable<ConfigFault> Faults()
    {
        if (Weight is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Weight), $"is {Weight}; must be above 0");
    }
}
