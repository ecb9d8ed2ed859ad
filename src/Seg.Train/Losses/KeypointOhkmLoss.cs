using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>Online hard keypoint mining: the mean squared difference of each person's worst heatmaps alone.</summary>
/// <remarks>
/// Chen et al., "Cascaded Pyramid Network for Multi-Person Pose Estimation", CVPR 2018, arXiv:1711.07319; JointsOHKMMSELoss in the code of
/// Sun et al. A keypoint's loss is that of <see cref="KeypointMseLoss"/>; the mean is over the kept keypoints, then over the persons.
/// </remarks>
/// <param name="topK">Keypoints that are kept of a person; at most as many as there are.</param>
public sealed class KeypointOhkmLoss(int topK) : KeypointLossTerm
{
    public override Tensor Of(Tensor output, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var ofKeypoints = WeightedDifference(output, targets, weights).square().mean([2, 3]) * 0.5;   // (N, K)
        return ofKeypoints.topk(topK, dim: 1, sorted: false).values.mean().MoveToOuterDisposeScope();
    }
}
