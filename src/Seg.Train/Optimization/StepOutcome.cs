namespace Seg.Train.Optimization;

/// <summary>What came of a training step.</summary>
/// <param name="Loss">Of the batch; not finite unless the verdict is <see cref="StepVerdict.Updated"/> or <see
/// cref="StepVerdict.GradientNotFinite"/>.</param>
public readonly record struct StepOutcome(double Loss, StepVerdict Verdict);
