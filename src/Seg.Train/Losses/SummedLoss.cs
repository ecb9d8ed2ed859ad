using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>The sum of some losses, each taken of all of a network's outputs and added up by what an output counts.</summary>
/// <typeparam name="TTerm">What a loss is of: an output for labels, or one for keypoints.</typeparam>
public abstract class SummedLoss<TTerm> : ITrainingLoss
    where TTerm : ILossTerm
{
    private readonly IReadOnlyList<double> outputWeights;

    /// <param name="terms">At least one; they become this one's.</param>
    /// <param name="outputWeights">What each output counts, in the order of the outputs. Outputs of 0 are left out.</param>
    private protected SummedLoss(IReadOnlyList<TTerm> terms, IReadOnlyList<double> outputWeights)
    {
        ArgumentOutOfRangeException.ThrowIfZero(terms.Count, nameof(terms));
        (Terms, this.outputWeights) = (terms, outputWeights);
    }

    private protected IReadOnlyList<TTerm> Terms { get; }

    public Tensor Of(IReadOnlyList<Tensor> outputs, TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        for (var index = 0; index < outputs.Count; index++)
        {
            if (outputWeights[index] == 0)
                continue;
            foreach (var term in Terms)
            {
                var part = Of(term, outputs[index], targets);
                var weight = outputWeights[index] * term.Weight;
                var weighted = weight == 1 ? part : part * weight;
                sum = sum is null ? weighted : sum + weighted;
            }
        }
        return sum!.MoveToOuterDisposeScope();
    }

    public abstract Tensor Mass(TrainingTargets targets);

    public abstract bool Counts(TrainingTargets targets);

    public void Dispose()
    {
        foreach (var term in Terms)
            term.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One loss of one output, not yet multiplied by its weight.</summary>
    private protected abstract Tensor Of(TTerm term, Tensor output, TrainingTargets targets);
}
