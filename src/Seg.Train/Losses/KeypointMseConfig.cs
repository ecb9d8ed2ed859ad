namespace Seg.Train.Losses;

/// <summary><c>keypoint_mse</c>, the usual loss of heatmaps; see <see cref="KeypointMseLoss"/>.</summary>
public sealed record KeypointMseConfig : KeypointLossConfig;
