namespace Seg.Models.Configuration;

/// <summary>
/// A network that finds all persons of a whole image, without a detector: a backbone, and DEKR's head, which gives heatmaps and, at each position, where
/// the keypoints of its person lie (Geng et al., arXiv:2104.02300).
/// </summary>
public sealed record BottomUpPoseConfig : ModelConfig, IChecked
{
    /// <summary>Keypoints; at least 1. Default 17, as COCO has.</summary>
    public override int NumClasses { get; init; } = 17;

    public required BackboneConfig Backbone { get; init; }

    /// <summary>Default: the authors' sizes.</summary>
    public DekrHeadConfig Head { get; init; } = new();

    /// <summary>How persons become targets, and outputs persons. Default: as the authors' code does.</summary>
    public DekrCodecConfig Codec { get; init; } = new();

    /// <summary>How the weights start. Default: as the authors' code does.</summary>
    public Initialization Initialization { get; init; } = Initialization.Official;

    public IEnumerable<ConfigFault> Faults()
    {
        if (NumClasses < 1)
            yield return new(nameof(NumClasses), $"is {NumClasses}; must be at least 1: the keypoints");
        else if (Codec.NmsKeypoints >= NumClasses)
        {
            yield return new(nameof(Codec), $"has nms_keypoints {Codec.NmsKeypoints}, but two persons share {NumClasses} keypoints at most, so that "
                + $"who is found twice would stay twice; set model.codec.nms_keypoints={NumClasses / 2}");
        }
    }
}
