namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns a backbone's maps into logits or heatmaps.</summary>
[VariantKey("name")]
[Variant("concat", typeof(ConcatHeadConfig))]
[Variant("strip_pooling", typeof(StripPoolingHeadConfig))]
[Variant("ocr", typeof(OcrHeadConfig))]
[Variant("upsample", typeof(UpsampleHeadConfig))]
[Variant("heatmap", typeof(HeatmapHeadConfig))]
public abstract record HeadConfig
{
    /// <summary>How many maps a backbone must hand on for this head.</summary>
    public virtual int LeastMaps => 1;

    /// <summary>What speaks against this head on a backbone; empty where it can stand there.</summary>
    /// <param name="member">The property of the network's configuration that holds the head.</param>
    /// <param name="backbone">The backbone.</param>
    public IEnumerable<ConfigFault> FaultsOn(string member, BackboneConfig backbone)
    {
        if (LeastMaps > backbone.MapCount)
            yield return new(member, $"uses map {LeastMaps} of the backbone, which hands on {backbone.MapCount}");
    }
}
