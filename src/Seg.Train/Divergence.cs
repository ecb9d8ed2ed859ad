namespace Seg.Train;

/// <summary>What to tell a user whose training diverged.</summary>
internal static class Divergence
{
    /// <param name="what">The fault: "the loss is NaN".</param>
    /// <param name="step">The step within the run, from 1.</param>
    /// <param name="learningRate">Of that step, where it is known.</param>
    public static string Message(string what, long step, double? learningRate = null)
    {
        var rate = learningRate is { } known ? $" (learning rate {known:g3})" : "";
        return $"Training diverged: {what} at step {step}{rate}. Try a lower train.optimizer.learning_rate, a warm-up " +
            "(train.schedule.warmup_steps), train.gradient_clip=1 or train.precision=fp32. Checkpoints saved before are kept.";
    }
}
