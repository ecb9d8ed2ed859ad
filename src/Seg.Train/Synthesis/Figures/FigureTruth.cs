using Seg.Models;

namespace Seg.Train.Synthesis.Figures;

/// <summary>What is known of a figure in a picture.</summary>
/// <param name="Number">Among the figures of the scene; the same in all frames of a video.</param>
/// <param name="Keypoints">COCO's 17 in pixels of the picture; all unlabelled when the figure is as good as covered.</param>
/// <param name="Box">Around its visible pixels.</param>
/// <param name="Area">Visible pixels.</param>
internal sealed record FigureTruth(int Number, LabelledKeypoint[] Keypoints, PersonBox Box, int Area);
