using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// What training minimises for pose: the outputs, (N, K, …) each, beside what the codec encodes, of the same shape, keypoints counting by
/// their weights (N, K).
/// </summary>
/// <param name="network">Whose outputs these are.</param>
/// <param name="terms">At least one; they become this one's.</param>
/// <param name="outputWeights">
/// What each output counts, in the order of the outputs; null: as the network says. Outputs of 0 are left out.
/// </param>
public sealed class KeypointLoss(Network network, IReadOnlyList<KeypointLossTerm> terms, IReadOnlyList<double>? outputWeights = null)
    : SummedLoss<KeypointLossTerm>(terms, outputWeights ?? network.OutputWeights)
{
    /// <summary>Persons: each loss is a mean over them, whatever their keypoints count.</summary>
    public override Tensor Mass(TrainingTargets targets) => tensor((double)targets.Count);

    /// <summary>Always where there are persons: without a keypoint that counts the loss is 0.</summary>
    public override bool Counts(TrainingTargets targets) => targets.Count > 0;

    private protected override Tensor Of(KeypointLossTerm term, Tensor output, TrainingTargets targets)
    {
        var weights = targets.Weights ?? throw new ArgumentException("Targets of keypoints need weights, one a keypoint.", nameof(targets));
        if (!output.shape.SequenceEqual(targets.Main.shape))
        {
            throw new ArgumentException(
                $"The network gives ({string.Join(", ", output.shape)}), the codec's targets are " +
                $"({string.Join(", ", targets.Main.shape)}): model.codec, the input size and the network's stride must agree.");
        }
        return term.Of(output, targets.Main, weights);
    }
}
