using System.Diagnostics;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Loading;
using Seg.Train.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>Shuffles, reads and augments a data set's items on background threads, and hands them on as batches.</summary>
/// <remarks>
/// Order and augmentation depend on seed and epoch alone: not on the number of threads, on what was read before, or on the machine. So an
/// epoch can be taken up at any batch and goes on exactly as it would have.
/// </remarks>
public sealed class BatchLoader : IDisposable
{
    /// <summary>Batches that are prepared while the network works on another one.</summary>
    private const int Ahead = 2;

    /// <summary>The place of the shuffling's random sequence among those of the items, which have 0 and above.</summary>
    private const int ShuffleSequence = -1;

    private readonly IBatchSource source;
    private readonly int batchSize, seed, workers;
    private readonly RankShare share;
    private readonly BatchPool pool;
    private long waitTicks;

    /// <summary>Batches of images with masks.</summary>
    /// <inheritdoc cref="BatchLoader(IBatchSource, int, int, int, bool, RankShare?)"/>
    /// <exception cref="InputException">There are no images, or they have no labels.</exception>
    public BatchLoader(
        ISegmentationDataset dataset, AugmentationConfig augmentation, Normalization normalization,
        int batchSize, int seed, int workers = 0, bool dropLast = true, RankShare? share = null)
        : this(new SegmentationSource(dataset, augmentation, normalization), batchSize, seed, workers, dropLast, share)
    {
    }

    /// <summary>Batches of crops of people with what the codec encodes of their keypoints.</summary>
    /// <inheritdoc cref="BatchLoader(IBatchSource, int, int, int, bool, RankShare?)"/>
    /// <exception cref="InputException">There are no people, or they have no keypoints.</exception>
    public BatchLoader(
        IKeypointDataset dataset, PoseAugmentationConfig augmentation, Normalization normalization, KeypointCodec codec,
        int batchSize, int seed, int workers = 0, bool dropLast = true, RankShare? share = null)
        : this(new PoseSource(dataset, augmentation, normalization, codec), batchSize, seed, workers, dropLast, share)
    {
    }

    /// <param name="source">What the batches are made of.</param>
    /// <param name="batchSize">Samples a batch, at least 1.</param>
    /// <param name="seed">Decides order and augmentation.</param>
    /// <param name="workers">Threads; 0 for one a processor core less one, and at least one.</param>
    /// <param name="dropLast">
    /// Whether an epoch's last, smaller batch is left out (other items each epoch), so that every step sees as many samples. A data set
    /// smaller than one batch keeps it.
    /// </param>
    /// <param name="share">Which samples of each batch are loaded: those of one of several ranks. All by default.</param>
    internal BatchLoader(IBatchSource source, int batchSize, int seed, int workers = 0, bool dropLast = true, RankShare? share = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        (this.source, this.batchSize, this.seed) = (source, batchSize, seed);
        this.share = share ?? new RankShare(0, 1);
        this.workers = workers > 0 ? workers : Math.Max(1, Environment.ProcessorCount / this.share.Local - 1);
        pool = new BatchPool(this.share.Most(batchSize), source.Layout);
        var whole = source.Count / batchSize;
        BatchesPerEpoch = dropLast && whole > 0 || source.Count % batchSize == 0 ? whole : whole + 1;
    }

    public int BatchesPerEpoch { get; }

    /// <summary>Where batches go: the CPU by default. To a GPU they are copied from pinned memory, one batch ahead, while it works on another one.</summary>
    public Device Device
    {
        get;
        set
        {
            field = value;
            pool.Pinned = value.type == DeviceType.CUDA;
        }
    } = CPU;

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
        var whole = Order(seed, epoch, source.Count).Chunk(batchSize).Take(BatchesPerEpoch).Skip(firstBatch).ToArray();
        var batches = whole.Select(batch => batch[share.Of(batch.Length)]).ToArray();
        using var queue = new BatchQueue(batches, pool, (batch, sample) => Fill(batch, sample, epoch), workers, Ahead);
        ArrivingBatch? next = null;
        try
        {
            for (var index = 0; index < batches.Length; index++)
            {
                var start = Stopwatch.GetTimestamp();
                var batch = next ?? Send(queue.Take(cancellation));
                Interlocked.Add(ref waitTicks, Stopwatch.GetTimestamp() - start);
                // The copy of a batch that is ready runs while the device works on this one; on the CPU there is nothing to copy.
                next = Device.type != DeviceType.CPU && queue.TakeReady() is { } ready ? Send(ready) : null;
                yield return batch.Arrive(whole[index].Length);
            }
        }
        finally
        {
            next?.Dispose();
        }
    }

    private ArrivingBatch Send(PendingBatch batch)
    {
        try
        {
            return new ArrivingBatch(batch, Device, pool);
        }
        catch
        {
            pool.Return(batch.Buffer);
            throw;
        }
    }

    private void Fill(PendingBatch batch, int sample, int epoch)
    {
        var index = batch.Indices[sample];
        try
        {
            source.Fill(index, SplitMix64.For(seed, epoch, index), batch.Buffer, sample);
        }
        catch (Exception error) when (error is not InputException)
        {
            throw new InvalidOperationException($"Cannot prepare '{source.Name(index)}' for training: {error.Message}", error);
        }
    }
}
