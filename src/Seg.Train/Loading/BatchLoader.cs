using System.Diagnostics;
using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Loading;
using Seg.Train.Losses;
using Seg.Train.Transforms;

namespace Seg.Train;

/// <summary>Shuffles, reads and augments a data set's images on background threads, and hands them on as batches.</summary>
/// <remarks>
/// Order and augmentation depend on seed and epoch alone: not on the number of threads, on what was read before, or on the machine. So an
/// epoch can be taken up at any batch and goes on exactly as it would have.
/// </remarks>
public sealed class BatchLoader : IBatchLoader
{
    /// <summary>Batches that are prepared while the network works on another one.</summary>
    private const int Ahead = 2;

    /// <summary>The place of the shuffling's random sequence among those of the items, which have 0 and above.</summary>
    private const int ShuffleSequence = -1;

    private readonly ISegmentationDataset dataset;
    private readonly TrainTransform transform;
    private readonly int batchSize, seed, workers;
    private readonly BatchPool pool;
    private long waitTicks;

    /// <param name="batchSize">Images a batch, at least 1.</param>
    /// <param name="seed">Decides order and augmentation.</param>
    /// <param name="workers">Threads; 0 for one a processor core less one, and at least one.</param>
    /// <param name="dropLast">
    /// Whether an epoch's last, smaller batch is left out (other images each epoch), so that every step sees as many images. A data set
    /// smaller than one batch keeps it.
    /// </param>
    /// <exception cref="InputException">There are no images, or they have no labels.</exception>
    public BatchLoader(
        ISegmentationDataset dataset, AugmentationConfig augmentation, Normalization normalization,
        int batchSize, int seed, int workers = 0, bool dropLast = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        if (dataset.Count == 0)
            throw new InputException("The data set has no images to train on.");
        if (!dataset.HasLabels)
            throw new InputException($"The images beside '{dataset.Name(0)}' have no labels to train on; choose another split.");
        (this.dataset, this.batchSize, this.seed) = (dataset, batchSize, seed);
        this.workers = workers > 0 ? workers : Math.Max(1, Environment.ProcessorCount - 1);
        transform = new TrainTransform(augmentation, normalization, dataset.Labels.IgnoreIndex, dataset.MirroredClasses);
        pool = new BatchPool(batchSize, transform.Height, transform.Width);
        var whole = dataset.Count / batchSize;
        BatchesPerEpoch = dropLast && whole > 0 || dataset.Count % batchSize == 0 ? whole : whole + 1;
    }

    public int BatchesPerEpoch { get; }

    /// <summary>Seconds that consumers have waited for batches since the loader was made.</summary>
    public double WaitSeconds => Interlocked.Read(ref waitTicks) / (double)Stopwatch.Frequency;

    /// <summary>The batches of an epoch, in order. Each is to be disposed before the next one is asked for, or soon after.</summary>
    /// <param name="epoch">From 0; decides order and augmentation.</param>
    /// <param name="firstBatch">Where to take the epoch up, 0 … <see cref="BatchesPerEpoch"/>.</param>
    /// <exception cref="InputException">While enumerating: an image or mask of the batch is faulty; the message names the file.</exception>
    public IEnumerable<TrainingBatch> Epoch(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchesPerEpoch);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    /// <summary>Frees the memory of batches that have been disposed; others free theirs when they are.</summary>
    public void Dispose() => pool.Dispose();

    /// <summary>The order in which an epoch takes a data set's items.</summary>
    internal static int[] Order(int seed, int epoch, int count) => SplitMix64.For(seed, epoch, ShuffleSequence).Permutation(count);

    private IEnumerable<TrainingBatch> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var batches = Order(seed, epoch, dataset.Count).Chunk(batchSize).Take(BatchesPerEpoch).Skip(firstBatch).ToArray();
        using var queue = new BatchQueue(batches, pool, (batch, sample) => Fill(batch, sample, epoch), workers, Ahead);
        for (var index = 0; index < batches.Length; index++)
        {
            var start = Stopwatch.GetTimestamp();
            var batch = queue.Take(cancellation);
            Interlocked.Add(ref waitTicks, Stopwatch.GetTimestamp() - start);
            var (images, labels) = batch.Buffer.Take(batch.Indices.Length);
            yield return new TrainingBatch(images, new TrainingTargets(labels), batch.Indices, () => pool.Return(batch.Buffer));
        }
    }

    private void Fill(PendingBatch batch, int sample, int epoch)
    {
        var index = batch.Indices[sample];
        try
        {
            transform.Apply(dataset, index, SplitMix64.For(seed, epoch, index), batch.Buffer.Image(sample), batch.Buffer.Labels(sample));
        }
        catch (Exception error) when (error is not InputException)
        {
            throw new InvalidOperationException($"Cannot prepare '{dataset.Name(index)}' for training: {error.Message}", error);
        }
    }
}
