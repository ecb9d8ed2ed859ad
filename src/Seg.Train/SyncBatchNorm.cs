namespace Seg.Train;

/// <summary>Whether batch norms of several ranks see the batches of all of them.</summary>
public enum SyncBatchNorm
{
    /// <summary>Where a rank has few images a batch.</summary>
    Auto,

    True,

    False,
}
