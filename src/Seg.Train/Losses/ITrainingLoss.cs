using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>What training minimises: a number for a network's outputs and what they should have been.</summary>
public interface ITrainingLoss : IDisposable
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Of the network, in its order.</param>
    /// <param name="targets">What a batch holds beside its images, on the outputs' device.</param>
    /// <returns>A float32 scalar; not a number where it is a mean over nothing.</returns>
    Tensor Of(IReadOnlyList<Tensor> outputs, TrainingTargets targets);

    /// <summary>
    /// What the loss of these targets is a mean over, such as labelled pixels or samples: a float64 scalar. A batch has this share in a step that
    /// is made of several batches.
    /// </summary>
    Tensor Mass(TrainingTargets targets);

    /// <summary>Whether the loss of these targets is a number: false where it is a mean over nothing.</summary>
    bool Counts(TrainingTargets targets);
}
