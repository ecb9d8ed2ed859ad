namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns a backbone's last map into one score a class.</summary>
[VariantKey("name")]
[Variant("linear", typeof(LinearClassifierConfig))]
[Variant("normalized", typeof(NormalizedClassifierConfig))]
public abstract record ClassifierConfig;
