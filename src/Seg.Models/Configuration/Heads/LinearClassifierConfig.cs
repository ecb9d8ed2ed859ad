namespace Seg.Models.Configuration;

/// <summary>The average over the map and a linear layer, as ResNet has it.</summary>
public sealed record LinearClassifierConfig : ClassifierConfig;
