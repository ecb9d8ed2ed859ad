namespace Seg.Predict.Pose;

/// <summary>How much keypoints of a video are smoothed (<see cref="OneEuroFilter"/>).</summary>
public sealed record OneEuroOptions
{
    /// <summary>Cutoff frequency at rest, in Hz: lower smooths more.</summary>
    public double MinCutoff { get; init; } = 1;

    /// <summary>By how many Hz the cutoff rises with a speed of one body size a second: higher lags less.</summary>
    public double Beta { get; init; } = 20;

    /// <summary>Cutoff frequency of the speed, in Hz; 1 in the paper.</summary>
    public double SpeedCutoff { get; init; } = 1;

    /// <summary>Keypoints of a lower score are left as they are, and end what was known of them.</summary>
    public double KeypointThreshold { get; init; } = 0.2;
}
