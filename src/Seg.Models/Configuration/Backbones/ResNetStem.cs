namespace Seg.Models.Configuration;

/// <summary>How a ResNet begins.</summary>
public enum ResNetStem
{
    /// <summary>One 7x7 convolution of stride 2, then max pooling of stride 2.</summary>
    Plain,

    /// <summary>Three 3x3 convolutions in its place, the first of stride 2, the last twice as wide; then the same pooling.</summary>
    Deep,

    /// <summary>Nothing: the input is itself a map, which the first stage takes as it is.</summary>
    None,
}
