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
[Variant("keypoint_mse", typeof(KeypointMseConfig))]
[Variant("ohkm", typeof(KeypointOhkmConfig))]
[Variant("adaptive_wing", typeof(AdaptiveWingConfig))]
[Variant("kl", typeof(SimccKlConfig))]
[Variant("dekr", typeof(DekrLossConfig))]
public abstract record LossConfig : IChecked
{
    /// <summary>What this loss is multiplied by in the sum; above 0, default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The name that stands for this kind of loss in a file.</summary>
    private protected string Name => ConfigReader.NameOf(this);

    /// <summary>The loss that is meant where a config names none.</summary>
    public static LossConfig UsualOf(ModelConfig model) => model switch
    {
        PoseConfig { Codec: SimccCodecConfig } => new SimccKlConfig(),
        PoseConfig => new KeypointMseConfig(),
        BottomUpPoseConfig => new DekrLossConfig(),
        _ => new CrossEntropyConfig(),
    };

    /// <summary>Why a network cannot learn by this loss: "is dice, which is for model.type: segmentation"; null where it can.</summary>
    public virtual string? Misfit(ModelConfig model) => model is SegmentationConfig ? null : $"is {Name}, which is for model.type: segmentation";

    public virtual IEnumerable<ConfigFault> Faults()
    {
        if (Weight is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Weight), $"is {Weight}; must be above 0");
    }
}
