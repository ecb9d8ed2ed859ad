namespace Seg.Train.Optimization;

/// <summary>What came of a training step.</summary>
/// <param name="Loss">Of the batch, or the mean of the batches; not finite for <see cref="StepVerdict.LossNotFinite"/> and <see
/// cref="StepVerdict.NothingToLearn"/>.</param>
public readonly record struct StepOutcome(double Loss, StepVerdict Verdict);
