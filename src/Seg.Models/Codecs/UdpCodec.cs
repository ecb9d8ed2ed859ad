using Seg.Models.Configuration;

namespace Seg.Models.Codecs;

/// <summary>
/// UDP with Gaussian targets: lengths are counted between pixel centres, so that crop, heatmap and mirroring agree without a shift, and
/// peaks are found as in DARK.
/// </summary>
/// <remarks>
/// Huang et al., "The Devil is in the Details: Unbiased Data Processing for Human Pose Estimation", CVPR 2020, arXiv:1911.07524;
/// <c>UDPHeatmap</c> in mmpose, with its <c>get_udp_warp_matrix</c>. mmpose's decoding gives what is here, times input / (input − 1): it
/// counts the input's extent from edge to edge, and its way back to the image undoes that. By its rules the border's values go on beyond
/// it, which moves a peak on the border half a heatmap pixel outwards.
/// </remarks>
public sealed class UdpCodec : BlurredCodec
{
    internal UdpCodec(UdpCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
        : base(config, inputSize, keypoints)
    {
        if (Height < 2 || Width < 2)
            throw new InputException($"The codec udp needs heatmaps of at least 2 x 2, not {Height} x {Width}; enlarge the input.");
        Spacing = ((float)((inputSize.Width - 1.0) / (Width - 1)), (float)((inputSize.Height - 1.0) / (Height - 1)));
    }

    private protected override bool FlipShift => false;

    private protected override (float X, float Y) Spacing { get; }

    private protected override (float Least, float Largest) Limits => (1e-3f, 50);

    private protected override int StepReach => 1;

    public override PersonCrop CropAround(double centerX, double centerY, double width, double rotation = 0) =>
        PersonCrop.Unbiased(centerX, centerY, width, width * InputSize.Height / InputSize.Width, rotation, InputSize);

    private protected override bool EncodeOne(float x, float y, Span<float> target, Span<float> scratch)
    {
        var (centerX, centerY) = (x / Spacing.X, y / Spacing.Y);
        var window = GaussianWindow.AboutPixel(centerX, centerY, Sigma);
        if (window.IsOutside(Width, Height))
            return false;
        DrawGaussian(target, centerX, centerY, window, scratch);
        return true;
    }

    private protected override (double X, double Y) Step(ReadOnlySpan<float> logarithm, int x, int y)
    {
        var (left, right) = (Math.Max(0, x - 1), Math.Min(Width - 1, x + 1));
        var (above, here, below) = (Math.Max(0, y - 1) * Width, y * Width, Math.Min(Height - 1, y + 1) * Width);
        var peak = logarithm[here + x];
        var (before, after) = (logarithm[here + left], logarithm[here + right]);
        var (over, under) = (logarithm[above + x], logarithm[below + x]);
        return NewtonStep(
            0.5f * (after - before),
            0.5f * (under - over),
            after - 2 * peak + before + NoZero,
            0.5f * (logarithm[below + right] - after - under + peak + peak - before - over + logarithm[above + left]),
            under - 2 * peak + over + NoZero);
    }

    /// <summary>float32's epsilon, which the authors add to the diagonal so that it has an inverse.</summary>
    private const double NoZero = 1.1920929e-07;
}
