namespace Seg.Train;

/// <summary>
/// The loss or the weights are no longer numbers. The message says at which step and what to try; the last good checkpoint is on disk.
/// </summary>
public sealed class TrainingDivergedException(string message) : Exception(message);
