using OpenCvSharp;

namespace Seg.Predict.Pose;

/// <summary>An image, and where in it persons are.</summary>
/// <param name="Image">CV_8UC3; still the caller's.</param>
/// <param name="Boxes">Any number, also none.</param>
public sealed record BoxedImage(Mat Image, IReadOnlyList<ScoredBox> Boxes);
