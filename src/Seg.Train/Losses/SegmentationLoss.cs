using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// What training minimises: the sum of some losses, each taken of all of a network's outputs and added up by what an output counts. The outputs are
/// brought to the labels' size.
/// </summary>
public sealed class SegmentationLoss : ITrainingLoss
{
    private readonly Network network;
    private readonly IReadOnlyList<LossTerm> terms;
    private readonly IReadOnlyList<double> outputWeights;

    /// <param name="network">Says whether corners are aligned.</param>
    /// <param name="terms">At least one; they become this one's.</param>
    /// <param name="outputWeights">What each output counts, in the order of the outputs; null: as the network says. Outputs of 0 are left out.</param>
    public SegmentationLoss(Network network, IReadOnlyList<LossTerm> terms, IReadOnlyList<double>? outputWeights = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(terms.Count, nameof(terms));
        (this.network, this.terms) = (network, terms);
        this.outputWeights = outputWeights ?? network.OutputWeights;
    }

    /// <summary>Plain cross-entropy.</summary>
    /// <param name="classWeights">What a pixel of each class counts; null: all the same.</param>
    /// <param name="ignoreIndex">Label of pixels that do not count.</param>
    /// <param name="device">Where outputs and labels will lie.</param>
    public SegmentationLoss(Network network, IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device)
        : this(network, [new CrossEntropyLoss(classWeights, ignoreIndex, device)])
    {
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Of the network: (N, classes, h, w) each.</param>
    /// <param name="targets">Labels, uint8 (N, H, W).</param>
    /// <returns>A float32 scalar; not a number where no pixel counts.</returns>
    public Tensor Of(IReadOnlyList<Tensor> outputs, TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        for (var index = 0; index < outputs.Count; index++)
        {
            if (outputWeights[index] == 0)
                continue;
            foreach (var term in terms)
            {
                var part = term.Of(outputs[index], targets.Main, network.AlignCorners);
                var weight = outputWeights[index] * term.Weight;
                var weighted = weight == 1 ? part : part * weight;
                sum = sum is null ? weighted : sum + weighted;
            }
        }
        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// How many pixels of these labels count in the first loss, each with its weight: a float64 scalar. A batch has this share in a step that is made of
    /// several batches.
    /// </summary>
    public Tensor Mass(TrainingTargets targets) => terms[0].Mass(targets.Main);

    /// <summary>Whether any pixel of these labels counts, in every one of the losses.</summary>
    public bool Counts(TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        return terms.All(term => term.Mass(targets.Main).item<double>() > 0);
    }

    public void Dispose()
    {
        foreach (var term in terms)
            term.Dispose();
    }
}
