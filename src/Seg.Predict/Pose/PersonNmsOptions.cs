namespace Seg.Predict.Pose;

/// <summary>How the persons of an image are scored anew and freed of doubles before they are written. The defaults are those of HRNet's authors.</summary>
public sealed record PersonNmsOptions
{
    /// <summary>OKS above which two poses are one person's (OKS_THRE in the authors' configs).</summary>
    public double Threshold { get; init; } = 0.9;

    /// <summary>Keypoints whose score is above this count in a person's score (IN_VIS_THRE).</summary>
    public double KeypointThreshold { get; init; } = 0.2;

    /// <summary>Whether doubles lose score instead of being dropped (SOFT_NMS); at most 20 persons an image are handed on then.</summary>
    public bool Soft { get; init; }
}
