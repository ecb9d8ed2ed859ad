namespace Seg.Train.Metrics.Keypoints;

/// <summary>By whose rules MPII's table of PCKh is made; the official codes disagree.</summary>
public enum MpiiRules
{
    /// <summary>
    /// HRNet's: a keypoint exactly at the threshold is right, and "Mean@0.1" is taken at 0.11, entry 11 of 0, 0.01, ….
    /// </summary>
    Authors,

    /// <summary>mmpose's: a keypoint exactly at the threshold is wrong, and 0.1 is 0.1.</summary>
    Mmpose,
}
