using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>A person as a detector has found it.</summary>
/// <param name="Box">In image pixels; width and height above 0.</param>
/// <param name="Score">How sure the detector is, 0–1; 1 for annotated boxes.</param>
public readonly record struct ScoredBox(PersonBox Box, float Score = 1);
