using Seg.Models.Configuration;

namespace Seg.Train.Transforms;

/// <summary>
/// Crops around the upper or the lower half of a body, as the official HRNet code makes them: the <c>half_body:</c> section of an augmentation. Needs a keypoint set that says which keypoints are of the upper body.
/// </summary>
public sealed record HalfBodyConfig : IChecked
{
    /// <summary>Share of the crops that become half a body, 0–1, of those with enough keypoints; default 0.3, the authors' PROB_HALF_BODY for COCO.</summary>
    public double Probability { get; init; } = 0.3;

    /// <summary>A person with no more labelled keypoints than this stays whole; default 8, the authors' NUM_JOINTS_HALF_BODY.</summary>
    public int Keypoints { get; init; } = 8;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Keypoints < 0)
            yield return new(nameof(Keypoints), $"is {Keypoints}; must be 0 or more");
        foreach (var fault in ConfigRange.Probability(nameof(Probability), Probability))
            yield return fault;
    }
}
