namespace Seg.Train.Metrics.Keypoints;

/// <summary>Percentage of correct keypoints, as a share from 0 to 1.</summary>
/// <param name="PerKeypoint">Not a number for a keypoint that is labelled nowhere.</param>
/// <param name="Labelled">How often each keypoint is labelled on a person that counts.</param>
public sealed record PckScore(double[] PerKeypoint, int[] Labelled)
{
    /// <summary>Keypoints that are labelled somewhere.</summary>
    public int Counted => Labelled.Count(count => count > 0);

    /// <summary>The mean over these keypoints, not over all points, as in mmpose; 0 where there are none.</summary>
    public double Mean => PerKeypoint.Where(score => !double.IsNaN(score)).DefaultIfEmpty(0).Average();
}
