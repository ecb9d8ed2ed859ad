namespace Seg.Train.Optimization;

/// <summary>Whether a training step changed the weights, and why not.</summary>
public enum StepVerdict
{
    /// <summary>The weights followed the gradient.</summary>
    Updated,

    /// <summary>Every pixel of the batch is ignored (or of a class of weight 0), so there is no loss. Harmless.</summary>
    NothingToLearn,

    /// <summary>
    /// A gradient was too large for float16. The step is left out and the next one scaled down; harmless now and then, and usual in the first steps.
    /// </summary>
    Overflow,

    /// <summary>The loss is infinite or not a number.</summary>
    LossNotFinite,

    /// <summary>The gradients' norm is infinite or not a number.</summary>
    GradientNotFinite,
}
