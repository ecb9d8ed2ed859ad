namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns an image into maps of features.</summary>
[VariantKey("name")]
[Variant("hrnet", typeof(HRNetConfig))]
[Variant("resnet", typeof(ResNetConfig))]
public abstract record BackboneConfig
{
    /// <summary>How many maps the backbone hands on.</summary>
    public abstract int MapCount { get; }
}
