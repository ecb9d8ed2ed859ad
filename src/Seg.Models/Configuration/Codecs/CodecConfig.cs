namespace Seg.Models.Configuration;

/// <summary>How keypoints become a network's targets, and its outputs keypoints. docs/pose-codecs.md says when to take which.</summary>
[VariantKey("name")]
[Variant("heatmap", typeof(HeatmapCodecConfig))]
[Variant("dark", typeof(DarkCodecConfig))]
[Variant("udp", typeof(UdpCodecConfig))]
[Variant("simcc", typeof(SimccCodecConfig))]
public abstract record CodecConfig : IChecked
{
    /// <summary>What the extents of a person's box are multiplied by before it is cropped; above 0. Default 1.25.</summary>
    public double Padding { get; init; } = 1.25;

    public virtual IEnumerable<ConfigFault> Faults()
    {
        if (Padding is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Padding), $"is {Padding}; must be above 0");
    }
}
