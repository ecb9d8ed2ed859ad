namespace Seg.Models.Configuration;

/// <summary>
/// Where a keypoint is said to be whose output has no value above 0; its score, which is not above 0 either, tells it apart.
/// </summary>
public enum NoPeak
{
    /// <summary>At (0, 0), as the pose HRNet authors' <c>get_max_preds</c> has it.</summary>
    Origin,

    /// <summary>At (-1, -1) in heatmap pixels, as mmpose has it.</summary>
    Outside,
}
