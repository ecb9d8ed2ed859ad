namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns a backbone's maps into logits.</summary>
[VariantKey("name")]
[Variant("concat", typeof(ConcatHeadConfig))]
[Variant("strip_pooling", typeof(StripPoolingHeadConfig))]
public abstract record HeadConfig;
