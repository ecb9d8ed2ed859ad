using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>Half of the mean squared difference of heatmaps, keypoints that are not labelled counting as found.</summary>
/// <remarks>
/// Sun et al., arXiv:1902.09212; JointsMSELoss in the authors' code, KeypointMSELoss in mmpose, which has no half. With p an output, t its
/// target and w the keypoint's weight: mean of (w p − w t)² / 2 over all persons, keypoints and pixels, also those that do not count.
/// </remarks>
public sealed class KeypointMseLoss : KeypointLossTerm
{
    public override Tensor Of(Tensor output, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        return (WeightedDifference(output, targets, weights).square().mean() * 0.5).MoveToOuterDisposeScope();
    }
}
