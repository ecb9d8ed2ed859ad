namespace Seg.Models;

/// <summary>A keypoint that a network has found. In which frame it lies (input, heatmap or image pixels) is said where it stands.</summary>
/// <param name="X">To the right, from 0; pixel centres are at whole numbers.</param>
/// <param name="Y">Downwards, from 0.</param>
/// <param name="Score">How sure the network is; as a rule 0–1, the height of the heatmap's peak.</param>
public readonly record struct Keypoint(float X, float Y, float Score);
