using Seg.Models.Configuration;

namespace Seg.Models.Codecs;

/// <summary>
/// A Gaussian about the heatmap pixel next to the keypoint; decoded as the highest pixel, moved a quarter towards its higher neighbours.
/// </summary>
/// <remarks>
/// Xiao et al., arXiv:1804.06208, and Sun et al., arXiv:1902.09212; <c>generate_target</c> and <c>get_final_preds</c> in the authors' code,
/// <c>MSRAHeatmap</c> in mmpose. As the centre is rounded, what is decoded of what was encoded lies up to half a heatmap pixel off.
/// </remarks>
public sealed class HeatmapCodec : MapCodec
{
    private const double Quarter = 0.25;

    private readonly HeatmapCodecConfig config;

    internal HeatmapCodec(HeatmapCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
        : base(config, inputSize, keypoints) => this.config = config;

    private protected override bool FlipShift => config.FlipShift;

    private protected override (float X, float Y) Spacing => (config.Stride, config.Stride);

    private protected override bool EncodeOne(float x, float y, Span<float> target, Span<float> scratch)
    {
        var window = GaussianWindow.AboutPixel(x / config.Stride, y / config.Stride, Sigma);
        if (window.IsOutside(Width, Height))
            return false;
        DrawGaussian(target, window.PixelX, window.PixelY, window, scratch);
        return true;
    }

    private protected override (double X, double Y) Refine(ReadOnlySpan<float> map, int x, int y, Span<float> scratch)
    {
        if (config.Border == BorderPeaks.Slope && (IsOutermost(x, Width) || IsOutermost(y, Height)))
            return RefineBySlope(map, x, y);
        var (along, across) = config.Offset switch
        {
            QuarterOffset.BothAxes => (HasRoom(x, Width) && HasRoom(y, Height), HasRoom(x, Width) && HasRoom(y, Height)),
            // The authors' condition on the other axis, which leaves out the first row or column alone.
            QuarterOffset.EachAxis => (HasRoom(x, Width) && y > 0, HasRoom(y, Height) && x > 0),
            _ => (false, false),
        };
        var peak = y * Width + x;
        return (
            along ? x + Quarter * Direction(map[peak - 1], map[peak + 1]) : x,
            across ? y + Quarter * Direction(map[peak - Width], map[peak + Width]) : y);
    }

    private static int Direction(float before, float after) => after > before ? 1 : after < before ? -1 : 0;

    /// <summary>Pixel 1 has two neighbours too, but the authors do not move it.</summary>
    private static bool HasRoom(int place, int extent) => place > 1 && place < extent - 1;

    private static bool IsOutermost(int place, int extent) => place == 0 || place == extent - 1;
}
