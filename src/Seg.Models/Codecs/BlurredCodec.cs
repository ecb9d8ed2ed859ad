using Seg.Models.Configuration;

namespace Seg.Models.Codecs;

/// <summary>
/// Codecs that blur a heatmap, take its logarithm (of a Gaussian a parabola), and step from the highest pixel to where that parabola ends.
/// </summary>
/// <remarks>
/// Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose Estimation", CVPR 2020, arXiv:1910.06278. The blurred map is
/// brought back to the old maximum.
/// </remarks>
public abstract class BlurredCodec : MapCodec
{
    private readonly GaussianBlur blur;
    private readonly BorderPeaks border;

    private protected BlurredCodec(BlurredCodecConfig config, (int Height, int Width) inputSize, KeypointSet keypoints)
        : base(config, inputSize, keypoints, scratchMaps: 2) => (blur, border) = (new(config.BlurKernel), config.Border);

    /// <summary>The least and the largest value of a blurred map whose logarithm is taken.</summary>
    private protected abstract (float Least, float Largest) Limits { get; }

    /// <summary>Pixels on either side of the highest one that the step looks at.</summary>
    private protected abstract int StepReach { get; }

    /// <summary>
    /// How far from the border the zeros beyond it pull a peak inwards by more than a fiftieth of a heatmap pixel, or there is no room for
    /// the step. With a blur of kernel 11 that is 4 heatmap pixels: a peak at 3 moves by 0.1 of one, at 2 by 0.35.
    /// </summary>
    private int Distorted => Math.Max(StepReach, blur.Radius - 1);

    /// <summary>The step from the highest pixel.</summary>
    /// <param name="logarithm">Of the blurred map, within <see cref="StepReach"/> of the highest pixel; elsewhere the map itself.</param>
    /// <param name="x">Its column.</param>
    /// <param name="y">Its row.</param>
    private protected abstract (double X, double Y) Step(ReadOnlySpan<float> logarithm, int x, int y);

    private protected sealed override (double X, double Y) Refine(ReadOnlySpan<float> map, int x, int y, Span<float> scratch)
    {
        if (border == BorderPeaks.Slope && Math.Min(Math.Min(x, Width - 1 - x), Math.Min(y, Height - 1 - y)) < Distorted)
            return RefineBySlope(map, x, y);
        var blurred = scratch[..map.Length];
        blur.Apply(map, blurred, Width, scratch[map.Length..]);
        var scale = map[y * Width + x] / Peak.Largest(blurred);
        for (var row = Math.Max(0, y - StepReach); row <= Math.Min(Height - 1, y + StepReach); row++)
        {
            for (var column = Math.Max(0, x - StepReach); column <= Math.Min(Width - 1, x + StepReach); column++)
            {
                ref var value = ref blurred[row * Width + column];
                value = MathF.Log(Math.Clamp(value * scale, Limits.Least, Limits.Largest));
            }
        }
        var (stepX, stepY) = Step(blurred, x, y);
        return (x + stepX, y + stepY);
    }

    /// <summary>Newton's step: −H⁻¹ · (slopeX, slopeY); none where H has no inverse.</summary>
    private protected static (double X, double Y) NewtonStep(double slopeX, double slopeY, double xx, double xy, double yy)
    {
        var determinant = xx * yy - xy * xy;
        return determinant == 0
            ? (0, 0)
            : ((xy * slopeY - yy * slopeX) / determinant, (xy * slopeX - xx * slopeY) / determinant);
    }
}
