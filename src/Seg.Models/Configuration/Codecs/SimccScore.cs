namespace Seg.Models.Configuration;

/// <summary>What the score of a keypoint is, of which column and row have been classified; the lesser of the two counts.</summary>
public enum SimccScore
{
    /// <summary>The largest output, as in RTMPose: near 0–1 in networks that were trained with its loss.</summary>
    Output,

    /// <summary>The largest probability, by a softmax over the bins, as in SimCC's code.</summary>
    Probability,
}
