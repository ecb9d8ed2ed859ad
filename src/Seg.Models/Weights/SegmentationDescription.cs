using Seg.Models.Configuration;

namespace Seg.Models.Weights;

/// <summary>
/// What there is to know of a network whose outputs are classes: one for segmentation, and one for classification likewise.
/// </summary>
public sealed record SegmentationDescription : ModelDescription
{
    public required LabelSet Labels { get; init; }

    public override IReadOnlyList<string> OutputNames => Labels.Names;
}
