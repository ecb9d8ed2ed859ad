namespace Seg.Models.Configuration;

/// <summary>HRNetV2's own head: all maps at the size of the finest, concatenated, a 1x1 convolution, and the classifier.</summary>
public sealed record ConcatHeadConfig : HeadConfig;
