namespace Seg.Models.Configuration;

/// <summary>A network for pose: a backbone whose maps a head turns into one heatmap a keypoint.</summary>
public sealed record PoseConfig : ModelConfig, IChecked
{
    /// <summary>Keypoints; at least 1. Default 17, as COCO has.</summary>
    public override int NumClasses { get; init; } = 17;

    public required BackboneConfig Backbone { get; init; }

    /// <summary>Default: the authors' heatmap head.</summary>
    public HeadConfig Head { get; init; } = new HeatmapHeadConfig();

    /// <summary>How keypoints become targets, and outputs keypoints. Default: the authors' heatmaps.</summary>
    public CodecConfig Codec { get; init; } = new HeatmapCodecConfig();

    /// <summary>How the weights start. Default: as the authors' code does.</summary>
    public Initialization Initialization { get; init; } = Initialization.Official;

    public IEnumerable<ConfigFault> Faults()
    {
        if (NumClasses < 1)
            yield return new(nameof(NumClasses), $"is {NumClasses}; must be at least 1: the keypoints");
        foreach (var fault in Head.FaultsOn(nameof(Head), Backbone))
            yield return fault;
        if (Head is SimccHeadConfig && Codec is not SimccCodecConfig)
            yield return new(nameof(Codec), "is for heatmaps, but model.head is simcc, which gives none; set model.codec.name=simcc");
        if (Head is not SimccHeadConfig && Codec is SimccCodecConfig)
            yield return new(nameof(Codec), "is simcc, but model.head gives heatmaps; set model.head.name=simcc");
    }
}
