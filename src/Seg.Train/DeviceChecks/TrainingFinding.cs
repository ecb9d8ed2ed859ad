namespace Seg.Train.DeviceChecks;

/// <summary>What became of some steps of training.</summary>
/// <param name="Precision">"fp32", "bf16" or "fp16".</param>
/// <param name="Losses">Of each step.</param>
/// <param name="SkippedSteps">Whose gradients overflowed in float16; the first few are usual.</param>
/// <param name="PixelAccuracy">Of pictures that it was not trained on, 0–1.</param>
/// <param name="ImagesPerSecond">Of the second half of the steps.</param>
public sealed record TrainingFinding(string Precision, IReadOnlyList<double> Losses, int SkippedSteps, double PixelAccuracy, double ImagesPerSecond)
{
    /// <summary>Largest <see cref="GraphDifference"/> of the same steps: some kernels of a GPU add in no fixed order.</summary>
    public const double GraphLimit = 0.05;

    /// <summary>
    /// Of steps that were a CUDA graph: the largest difference of the first losses from those without, relative to them; null for steps that were none.
    /// </summary>
    public double? GraphDifference { get; init; }

    /// <summary>Why there were no steps, where CUDA graphs cannot be had.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the network learns, and the same with a graph as without.</summary>
    public bool Passes => Learns && GraphDifference is null or <= GraphLimit;

    /// <summary>Whether the network learns: the last losses are numbers, and well below the first.</summary>
    public bool Learns => Losses.Count > 0 && Losses.All(double.IsFinite) && Losses.TakeLast(3).Average() < 0.8 * Losses[0];
}
