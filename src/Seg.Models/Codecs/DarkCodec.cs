using Seg.Models.Configuration;

namespace Seg.Models.Codecs;

/// <summary>DARK: a Gaussian about the very keypoint, and a decoding that finds it between the heatmap's pixels.</summary>
/// <remarks>
/// Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose Estimation", CVPR 2020, arXiv:1910.06278; <c>taylor</c> and
/// <c>gaussian_blur</c> in the authors' code, <c>MSRAHeatmap(unbiased=True)</c> in mmpose. By the authors' rules a peak within two pixels
/// of the border stays where the highest pixel is, and the zeros beyond the border pull in those within five.
/// </remarks>
public sealed class DarkCodec : BlurredCodec
{
    private readonly DarkCodecConfig config;

    internal DarkCodec(DarkCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
        : base(config, inputSize, keypoints) => this.config = config;

    private protected override bool FlipShift => config.FlipShift;

    private protected override (float X, float Y) Spacing => (config.Stride, config.Stride);

    private protected override (float Least, float Largest) Limits => (SmallestValue, float.PositiveInfinity);

    private protected override int StepReach => 2;

    private protected override bool EncodeOne(float x, float y, Span<float> target, Span<float> scratch)
    {
        var (centerX, centerY, reach) = (x / config.Stride, y / config.Stride, GaussianWindow.Reach * Sigma);
        if (centerX - reach >= Width || centerY - reach >= Height || centerX + reach + 1 < 0 || centerY + reach + 1 < 0)
            return false;
        // Not cut off at three σ, as the authors have it.
        DrawGaussian(target, centerX, centerY, new GaussianWindow { Right = Width, Bottom = Height }, scratch);
        return true;
    }

    private protected override (double X, double Y) Step(ReadOnlySpan<float> logarithm, int x, int y)
    {
        if (x <= 1 || x >= Width - 2 || y <= 1 || y >= Height - 2)
            return (0, 0);
        var (peak, w) = (y * Width + x, Width);
        return NewtonStep(
            0.5 * (logarithm[peak + 1] - logarithm[peak - 1]),
            0.5 * (logarithm[peak + w] - logarithm[peak - w]),
            0.25 * (logarithm[peak + 2] - 2 * logarithm[peak] + logarithm[peak - 2]),
            0.25 * (logarithm[peak + w + 1] - logarithm[peak - w + 1] - logarithm[peak + w - 1] + logarithm[peak - w - 1]),
            0.25 * (logarithm[peak + 2 * w] - 2 * logarithm[peak] + logarithm[peak - 2 * w]));
    }
}
