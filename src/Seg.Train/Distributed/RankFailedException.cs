namespace Seg.Train.Distributed;

/// <summary>The run of several ranks has ended because one of them failed or was lost. The message says which, and why.</summary>
public sealed class RankFailedException(string message, Exception? cause = null) : Exception(message, cause);
