using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>The loss of DEKR: squared differences of heatmaps, and of offsets a distance that is squared near 0 alone.</summary>
/// <remarks>
/// Geng et al., arXiv:2104.02300; the authors' HeatmapLoss and OffsetsLoss. Each number of the targets has a weight; the former is a mean over all numbers, the
/// latter over those that have one.
/// </remarks>
/// <param name="outputWeights">What heatmaps and offsets count; the authors' are 1 and 0.03.</param>
/// <param name="weight">What the sum is multiplied by.</param>
public sealed class DekrLoss(IReadOnlyList<double> outputWeights, double weight = 1) : ITrainingLoss
{
    /// <summary>Below this distance, in map positions, the offsets' loss is a parabola.</summary>
    private const double Beta = 1.0 / 9;

    /// <param name="outputs">Heatmaps (N, K + 1, h, w) and offsets (N, 2K, h, w).</param>
    /// <param name="targets">Both after each other, float32 (N, 3K + 1, h, w), and their weights likewise.</param>
    public Tensor Of(IReadOnlyList<Tensor> outputs, TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        var (heatmaps, offsets) = (outputs[0].to_type(ScalarType.Float32), outputs[1].to_type(ScalarType.Float32));
        var ofHeatmaps = (heatmaps - First(targets.Main)).square().mul(First(targets.Weights!)).mean();
        var distance = (offsets - Last(targets.Main)).abs();
        var offsetWeights = Last(targets.Weights!);
        var ofOffsets = where(distance < Beta, distance.square() * (0.5 / Beta), distance - 0.5 * Beta).mul(offsetWeights).sum()
            / (offsetWeights > 0).sum().clamp_min(1);
        return ((ofHeatmaps * outputWeights[0] + ofOffsets * outputWeights[1]) * weight).MoveToOuterDisposeScope();

        Tensor First(Tensor both) => both.narrow(1, 0, heatmaps.shape[1]);

        Tensor Last(Tensor both) => both.narrow(1, heatmaps.shape[1], offsets.shape[1]);
    }

    public Tensor Mass(TrainingTargets targets) => tensor((double)targets.Count);

    public bool Counts(TrainingTargets targets) => targets.Count > 0;

    public void Dispose() { }
}
