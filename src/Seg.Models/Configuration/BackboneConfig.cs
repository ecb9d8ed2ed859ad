namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns an image into maps of features.</summary>
[VariantKey("name")]
[Variant("hrnet", typeof(HRNetConfig))]
public abstract record BackboneConfig;
