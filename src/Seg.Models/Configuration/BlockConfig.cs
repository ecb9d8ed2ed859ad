namespace Seg.Models.Configuration;

/// <summary>A block that maps features to features.</summary>
[VariantKey("name")]
[Variant("strip_pooling", typeof(StripPoolingConfig))]
[Variant("mixed_pooling", typeof(MixedPoolingConfig))]
public abstract record BlockConfig;
