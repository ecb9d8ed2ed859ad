namespace Seg.Predict.Pose;

/// <summary>Which joints count in the OKS of two predicted persons, where a visibility threshold is given; the official codes disagree.</summary>
public enum OksVisibility
{
    /// <summary>
    /// Those above it in the second person: what HRNet's authors' <c>oks_iou</c> does, where <c>list(a) and list(b)</c> is <c>list(b)</c>.
    /// </summary>
    SecondPerson,

    /// <summary>Those above it in both persons, as in mmpose.</summary>
    BothPersons,
}
