using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>What training minimises: a number for a network's outputs and what they should have been.</summary>
public interface ITrainingLoss : IDisposable
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Of the network, in its order.</param>
    /// <param name="targets">What a batch holds beside its images: labels, or heatmaps.</param>
    /// <returns>A float32 scalar; not a number where nothing counts.</returns>
    Tensor Of(IReadOnlyList<Tensor> outputs, Tensor targets);

    /// <summary>
    /// How much of these targets counts: a float64 scalar. A batch has this share in a step that is made of several batches.
    /// </summary>
    Tensor Mass(Tensor targets);

    /// <summary>Whether anything of these targets counts.</summary>
    bool Counts(Tensor targets);
}
