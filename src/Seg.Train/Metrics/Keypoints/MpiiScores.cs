using System.Text.Json.Nodes;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The table of MPII Human Pose: PCKh@0.5 of the joints left and right together, and the means, all as percentages.</summary>
/// <remarks>
/// Andriluka et al., CVPR 2014; <c>MPIIDataset.evaluate</c> of HRNet's authors, mmpose's <c>MpiiPCKAccuracy</c>. The means go over all joints but pelvis
/// and thorax, each weighted by how often it is labelled. Predictions and truth must lie in one frame: the authors add 1 to their predictions, as the
/// truth that they compare with counts from 1, as MATLAB does.
/// </remarks>
public sealed record MpiiScores
{
    private const int Pelvis = 6, Thorax = 7, Joints = 16;

    private static readonly (string Name, int[] Joints)[] Rows =
        [("head", [9]), ("shoulder", [12, 13]), ("elbow", [11, 14]), ("wrist", [10, 15]), ("hip", [2, 3]), ("knee", [1, 4]), ("ankle", [0, 5])];

    private MpiiScores(IReadOnlyList<(string, double)> perJoint) => PerJoint = perJoint;

    /// <summary>PCKh@0.5 of head, shoulder, elbow, wrist, hip, knee, ankle; not a number where none is labelled.</summary>
    public IReadOnlyList<(string Name, double Percentage)> PerJoint { get; }

    /// <summary>PCKh@0.5 over all joints but pelvis and thorax.</summary>
    public required double Mean { get; init; }

    /// <summary>Likewise with the narrow threshold.</summary>
    public required double MeanNarrow { get; init; }

    /// <param name="errors">Of persons with MPII's 16 joints in its order.</param>
    /// <param name="heads"><see cref="PixelScale.OfHead"/> of each person.</param>
    /// <param name="rules">By whose rules.</param>
    public static MpiiScores Of(KeypointErrors errors, IReadOnlyList<PixelScale> heads, MpiiRules rules = MpiiRules.Authors)
    {
        var (bound, narrow) = rules == MpiiRules.Authors ? (PckBound.Inclusive, 0.11) : (PckBound.Exclusive, 0.1);
        var wide = errors.Pck(heads, 0.5, bound);
        if (wide.Labelled.Length != Joints)
            throw new ArgumentException($"MPII has {Joints} joints, not {wide.Labelled.Length}.", nameof(errors));
        return new([.. Rows.Select(row => (row.Name, 100 * row.Joints.Average(joint => wide.PerKeypoint[joint])))])
        {
            Mean = 100 * WeightedMean(wide),
            MeanNarrow = 100 * WeightedMean(errors.Pck(heads, narrow, bound)),
        };
    }

    /// <summary>head, shoulder, elbow, wrist, hip, knee, ankle, mean, mean_narrow: percentages; null where nothing is labelled.</summary>
    public JsonObject ToJsonObject() => new(PerJoint.Append(("mean", Mean)).Append(("mean_narrow", MeanNarrow))
        .Select(score => KeyValuePair.Create(score.Item1, SegmentationScores.Number(score.Item2))));

    private static double WeightedMean(PckScore score)
    {
        var joints = Enumerable.Range(0, Joints).Where(joint => joint is not (Pelvis or Thorax) && score.Labelled[joint] > 0).ToArray();
        var labelled = joints.Sum(joint => score.Labelled[joint]);
        return labelled == 0 ? double.NaN : joints.Sum(joint => score.PerKeypoint[joint] * score.Labelled[joint]) / labelled;
    }
}
