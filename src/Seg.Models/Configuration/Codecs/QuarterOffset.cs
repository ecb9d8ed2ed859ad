namespace Seg.Models.Configuration;

/// <summary>When a keypoint moves a quarter of a heatmap pixel towards the higher of the neighbours of the highest pixel.</summary>
public enum QuarterOffset
{
    /// <summary>Along both axes, if there is room along both, as in the pose HRNet authors' <c>get_final_preds</c>.</summary>
    BothAxes,

    /// <summary>Along each axis on its own, as in mmpose's <c>refine_keypoints</c>.</summary>
    EachAxis,

    /// <summary>Never: the keypoint is the highest pixel.</summary>
    None,
}
