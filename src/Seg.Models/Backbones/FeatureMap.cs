namespace Seg.Models.Backbones;

/// <summary>What a backbone says of one of the maps that it hands on.</summary>
/// <param name="Channels">C of (N, C, h, w).</param>
/// <param name="Stride">Input pixels from one position of the map to the next.</param>
public readonly record struct FeatureMap(int Channels, int Stride);
