namespace Seg.Models.Configuration;

/// <summary>
/// <c>dark</c>: Gaussians about the very keypoint, decoded by the blurred heatmap's logarithm; see <see cref="Codecs.DarkCodec"/>.
/// </summary>
public sealed record DarkCodecConfig : BlurredCodecConfig
{
    /// <summary>
    /// Whether the flip test moves mirrored heatmaps by one column, which makes up for most of what mirroring shifts (SHIFT_HEATMAP in the
    /// authors' code). Default true.
    /// </summary>
    public bool FlipShift { get; init; } = true;
}
