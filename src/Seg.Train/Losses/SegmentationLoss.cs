using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// What training minimises for segmentation. The outputs, (N, classes, h, w) each, are brought to the size of the labels, uint8 (N, H, W).
/// </summary>
/// <param name="network">Says whether corners are aligned.</param>
/// <param name="terms">At least one; they become this one's.</param>
/// <param name="outputWeights">
/// What each output counts, in the order of the outputs; null: as the network says. Outputs of 0 are left out.
/// </param>
public sealed class SegmentationLoss(Network network, IReadOnlyList<LossTerm> terms, IReadOnlyList<double>? outputWeights = null)
    : SummedLoss<LossTerm>(terms, outputWeights ?? network.OutputWeights)
{
    /// <summary>Plain cross-entropy.</summary>
    /// <param name="network">Says whether corners are aligned.</param>
    /// <param name="classWeights">What a pixel of each class counts; null: all the same.</param>
    /// <param name="ignoreIndex">Label of pixels that do not count.</param>
    /// <param name="device">Where outputs and labels will lie.</param>
    public SegmentationLoss(Network network, IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device)
        : this(network, [new CrossEntropyLoss(classWeights, ignoreIndex, device)])
    {
    }

    /// <summary>
    /// How many pixels of these labels count in the first loss, each with its weight: a float64 scalar. A batch has this share in a step
    /// that is made of several batches.
    /// </summary>
    public override Tensor Mass(TrainingTargets targets) => Terms[0].Mass(targets.Main);

    /// <summary>Whether any pixel of these labels counts, in every one of the losses.</summary>
    public override bool Counts(TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        return Terms.All(term => term.Mass(targets.Main).item<double>() > 0);
    }

    private protected override Tensor Of(LossTerm term, Tensor output, TrainingTargets targets) =>
        term.Of(output, targets.Main, network.AlignCorners);
}
