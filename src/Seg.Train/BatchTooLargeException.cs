namespace Seg.Train;

/// <summary>A training step did not fit into memory. The message says which, and what would fit; the last checkpoint is on disk.</summary>
public sealed class BatchTooLargeException(string message, Exception cause) : Exception(message, cause);
