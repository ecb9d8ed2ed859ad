using System.Numerics;

namespace Seg.Train.Synthesis.Figures;

/// <summary>One keypoint of a painted figure.</summary>
/// <param name="Place">In the scene.</param>
/// <param name="Thickness">Radius in metres of the limb that it lies in.</param>
/// <param name="Label">What the mask had there when the figure was painted and nothing before it yet.</param>
internal readonly record struct FigureJoint(Vector3 Place, float Thickness, byte Label);
