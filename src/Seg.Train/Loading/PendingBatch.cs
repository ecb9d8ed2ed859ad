using System.Runtime.ExceptionServices;

namespace Seg.Train.Loading;

/// <summary>A batch that is being filled.</summary>
/// <param name="Buffer">Its memory.</param>
/// <param name="Indices">The data set's items, one a sample.</param>
internal sealed record PendingBatch(BatchBuffer Buffer, int[] Indices)
{
    /// <summary>Samples that are not done yet.</summary>
    public int Missing { get; set; } = Indices.Length;

    /// <summary>The failed sample that comes first, and why it failed.</summary>
    public (int Sample, ExceptionDispatchInfo Error)? Failure { get; private set; }

    public void Fail(int sample, Exception error)
    {
        if (Failure is null || sample < Failure.Value.Sample)
            Failure = (sample, ExceptionDispatchInfo.Capture(error));
    }
}
