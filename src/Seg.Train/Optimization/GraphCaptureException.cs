namespace Seg.Train.Optimization;

/// <summary>A training step cannot be a CUDA graph. The message says why, as far as libtorch does; nothing of the step was done.</summary>
public sealed class GraphCaptureException(string message, Exception cause) : Exception(message, cause);
