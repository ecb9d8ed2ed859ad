using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Train.Losses;

/// <summary>Half of the mean squared difference of a pose network's heatmaps from those that it should give.</summary>
/// <remarks>
/// Sun et al., arXiv:1902.09212; the authors' JointsMSELoss where every keypoint counts the same.
/// </remarks>
public sealed class HeatmapLoss(Network network) : ITrainingLoss
{
    private const double Factor = 0.5;

    /// <param name="outputs">Of the network; the main one is (N, keypoints, h, w).</param>
    /// <param name="targets">Heatmaps, float32 (N, keypoints, h, w).</param>
    public Tensor Of(IReadOnlyList<Tensor> outputs, TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        var heatmaps = outputs[network.MainOutput].to_type(ScalarType.Float32);
        return (functional.mse_loss(heatmaps, targets.Main) * Factor).MoveToOuterDisposeScope();
    }

    public Tensor Mass(TrainingTargets targets) => tensor((double)targets.Main.numel());

    public bool Counts(TrainingTargets targets) => targets.Main.numel() > 0;

    public void Dispose() { }
}
