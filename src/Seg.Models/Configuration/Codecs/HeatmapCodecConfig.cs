namespace Seg.Models.Configuration;

/// <summary>
/// <c>heatmap</c>: Gaussians about whole heatmap pixels, decoded by the highest pixel and its neighbours; see <see
/// cref="Codecs.HeatmapCodec"/>.
/// </summary>
public sealed record HeatmapCodecConfig : MapCodecConfig
{
    /// <summary>
    /// Whether a keypoint moves a quarter of a heatmap pixel towards its higher neighbour. Default: as in the authors' code.
    /// </summary>
    public QuarterOffset Offset { get; init; } = QuarterOffset.BothAxes;

    /// <summary>
    /// Whether the flip test moves mirrored heatmaps by one column, which makes up for most of what mirroring shifts (SHIFT_HEATMAP in the
    /// authors' code). Default true.
    /// </summary>
    public bool FlipShift { get; init; } = true;
}
