namespace Seg.Train;

/// <summary>What to tell a user whose training diverged.</summary>
internal static class Divergence
{
    private const int ImagesNamed = 4;

    /// <param name="what">The fault: "the loss is NaN".</param>
    /// <param name="step">The step within the run, from 1.</param>
    /// <param name="learningRate">Of that step, where it is known.</param>
    /// <param name="images">Those of that step, where they are known: the fault may lie in one of them.</param>
    public static string Message(string what, long step, double? learningRate = null, IReadOnlyList<string>? images = null)
    {
        var rate = learningRate is { } known ? $" (learning rate {known:g3})" : "";
        var seen = images is { Count: > 0 } ? $" The step's images: {Names(images)}." : "";
        return $"Training diverged: {what} at step {step}{rate}.{seen} Try a lower train.optimizer.learning_rate, a warm-up " +
            "(train.schedule.warmup_steps), train.gradient_clip=1 or train.precision=fp32. Checkpoints saved before are kept.";
    }

    private static string Names(IReadOnlyList<string> images)
    {
        var named = string.Join(", ", images.Take(ImagesNamed));
        return images.Count > ImagesNamed ? $"{named} and {images.Count - ImagesNamed} more" : named;
    }
}
