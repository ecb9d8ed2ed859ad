using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Train.Losses;

/// <summary>A loss of heatmaps whose slope for small errors is steep where the target is high and gentle on the ground.</summary>
/// <remarks>
/// Wang et al., "Adaptive Wing Loss for Robust Face Alignment via Heatmap Regression", ICCV 2019, arXiv:1904.07399; AdaptiveWingLoss in
/// mmpose. With t a target, d = |p − t| and r = θ / ε: ω ln(1 + (d / ε)^(α − t)) below θ, and from there on A d − C, with A = ω (α − t)
/// r^(α − t − 1) / (ε (1 + r^(α − t))) and C = θ A − ω ln(1 + r^(α − t)), so that value and slope go on. The mean is over all persons,
/// keypoints and pixels.
/// </remarks>
/// <param name="alpha">α, above the largest target, 1, by more than 1 so that the slope ends at 0.</param>
/// <param name="omega">ω, the height.</param>
/// <param name="epsilon">ε, the curvature.</param>
/// <param name="theta">θ, where the loss becomes linear.</param>
/// <param name="foregroundWeight">W: pixels about the keypoints count 1 + W. The paper's weighted loss map has 10.</param>
public sealed class AdaptiveWingLoss(double alpha, double omega, double epsilon, double theta, double foregroundWeight) : KeypointLossTerm
{
    /// <summary>
    /// A pixel counts as foreground if it or a neighbour has a target of so much: the paper's dilation by 3 x 3 and threshold.
    /// </summary>
    private const double Foreground = 0.2;

    private const long Neighbourhood = 3;

    public override Tensor Of(Tensor output, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var ofPixels = OfPixels(weights);
        var (values, expected) = (output.to_type(ScalarType.Float32) * ofPixels, targets * ofPixels);
        var distance = (expected - values).abs();
        var exponent = -expected + alpha;                                         // α − t
        var ratio = theta / epsilon;
        var atTheta = (exponent * Math.Log(ratio)).exp();                         // r^(α − t)
        var slope = exponent * atTheta / (atTheta + 1) * (omega / (ratio * epsilon));
        var offset = slope * theta - (atTheta + 1).log() * omega;
        var near = (distance / epsilon).pow(exponent).log1p() * omega;
        var losses = where(distance.lt(theta), near, slope * distance - offset);
        return (foregroundWeight > 0 ? losses * ForegroundWeights(expected) : losses).mean().MoveToOuterDisposeScope();
    }

    private Tensor ForegroundWeights(Tensor targets)
    {
        var highest = functional.max_pool2d(targets, Neighbourhood, stride: 1, padding: Neighbourhood / 2);
        return highest.ge(Foreground).to_type(ScalarType.Float32) * foregroundWeight + 1;
    }
}
