namespace Seg.Train;

/// <summary>Reads, augments and shuffles training data, and hands them on as batches.</summary>
/// <remarks>
/// Order and content depend on seed and epoch alone: not on the number of threads, on what was read before, or on the machine. So an epoch can be
/// taken up at any batch and goes on exactly as it would have.
/// </remarks>
public interface IBatchLoader : IDisposable
{
    /// <summary>At least 1.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Seconds that consumers have waited for batches since the loader was made.</summary>
    double WaitSeconds { get; }

    /// <summary>The batches of an epoch, in order. Each is to be disposed before the next one is asked for, or soon after.</summary>
    /// <param name="epoch">From 0; decides order and augmentation.</param>
    /// <param name="firstBatch">Where to take the epoch up, 0 … <see cref="BatchesPerEpoch"/>.</param>
    /// <exception cref="Seg.Models.InputException">While enumerating: a file of the batch is faulty; the message names it.</exception>
    IEnumerable<TrainingBatch> Epoch(int epoch, int firstBatch = 0, CancellationToken cancellation = default);
}
