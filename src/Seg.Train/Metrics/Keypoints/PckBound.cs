namespace Seg.Train.Metrics.Keypoints;

/// <summary>Whether a keypoint exactly at the threshold of PCK is right; the official codes disagree.</summary>
public enum PckBound
{
    /// <summary>It is wrong: mmpose's <c>keypoint_pck_accuracy</c>.</summary>
    Exclusive,

    /// <summary>It is right: <c>MPIIDataset.evaluate</c> of HRNet's authors.</summary>
    Inclusive,
}
