using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Runtime;
using Seg.Train.Datasets;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Loading;

public class BatchLoaderTests
{
    private static readonly AugmentationConfig Augmentation = new() { CropSize = [24, 32] };

    [Fact]
    public void A_batch_has_the_shapes_types_and_layout_that_training_wants()
    {
        using var loader = Loader(new MemoryDataset(5), batchSize: 4);
        using var batch = loader.Epoch(0).Single();

        Assert.Equal([4, 3, 24, 32], batch.Images.shape);
        Assert.Equal([24 * 32 * 3, 1, 32 * 3, 3], batch.Images.stride());
        Assert.Equal(ScalarType.Float32, batch.Images.dtype);
        Assert.Equal([4, 24, 32], batch.Targets.Main.shape);
        Assert.Equal(ScalarType.Byte, batch.Targets.Main.dtype);
        Assert.Equal(4, batch.Indices.Distinct().Count());
    }

    [Fact]
    public void A_batch_holds_what_the_transform_makes_of_its_items()
    {
        var dataset = new MemoryDataset(5);
        using var loader = Loader(dataset, batchSize: 2);
        var transform = new TrainTransform(Augmentation, Normalization.ImageNet, 255);
        foreach (var batch in loader.Epoch(3))
        {
            using (batch)
            {
                for (var sample = 0; sample < 2; sample++)
                {
                    var (image, labels) = dataset.Read(batch.Indices[sample]);
                    var (values, classes) = (new float[24 * 32 * 3], new byte[24 * 32]);
                    transform.Apply(image, labels, SplitMix64.For(0, 3, batch.Indices[sample]), values, classes);
                    using var stored = batch.Images.select(0, sample).permute(1, 2, 0);
                    using var storedLabels = batch.Targets.Main.select(0, sample);
                    Assert.Equal(values, stored.data<float>().ToArray());
                    Assert.Equal(classes, storedLabels.data<byte>().ToArray());
                    image.Dispose();
                    labels.Dispose();
                }
            }
        }
    }

    [Fact]
    public void Batches_for_another_device_come_in_the_same_order_with_all_their_targets()
    {
        var expected = new List<int>();
        using (var loader = Loader(new MemoryDataset(21), batchSize: 4))
        {
            foreach (var batch in loader.Epoch(1))
            {
                using (batch)
                    expected.AddRange(batch.Indices);
            }
        }
        var found = new List<int>();
        // The meta device stands for a GPU: what lies there has a shape and no numbers.
        using var elsewhere = Loader(new MemoryDataset(21), batchSize: 4);
        elsewhere.Device = META;
        foreach (var batch in elsewhere.Epoch(1))
        {
            using (batch)
            {
                Assert.Equal(META.type, batch.Images.device.type);
                Assert.Equal([4, 3, 24, 32], batch.Images.shape);
                Assert.Equal([24 * 32 * 3, 1, 32 * 3, 3], batch.Images.stride());
                Assert.Equal([4, 24, 32], batch.Targets.Main.shape);
                Assert.Equal(META.type, batch.Targets.Main.device.type);
                found.AddRange(batch.Indices);
            }
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Batches_on_their_way_are_freed_when_an_epoch_is_left()
    {
        var before = TorchRuntime.Current.LiveTensors;
        using (var loader = Loader(new MemoryDataset(21), batchSize: 4))
        {
            loader.Device = META;
            loader.Epoch(0).First().Dispose();
        }
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
    }

    [Fact]
    public void Batches_are_the_same_with_one_two_and_four_threads()
    {
        var one = Contents(new MemoryDataset(21), workers: 1, epoch: 1);
        Assert.Equal(5, one.Count);
        Assert.Equal(one, Contents(new MemoryDataset(21), workers: 2, epoch: 1));
        Assert.Equal(one, Contents(new MemoryDataset(21), workers: 4, epoch: 1));
    }

    [Fact]
    public void Batches_are_the_same_with_and_without_a_cache()
    {
        using var cached = new CachedDataset(new MemoryDataset(21), maximumBytes: 40 * 30 * 4 * 10);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Contents(new MemoryDataset(21), workers: 2, epoch), Contents(cached, workers: 2, epoch));
    }

    [Fact]
    public void An_epoch_taken_up_midway_goes_on_as_it_would_have()
    {
        var whole = Contents(new MemoryDataset(21), workers: 2, epoch: 2);
        for (var first = 0; first <= whole.Count; first++)
            Assert.Equal(whole.Skip(first), Contents(new MemoryDataset(21), workers: 2, epoch: 2, first));
    }

    [Fact]
    public void Epochs_and_seeds_differ_in_order_and_augmentation()
    {
        using var loader = Loader(new MemoryDataset(20), batchSize: 4);
        int[] Order(BatchLoader from, int epoch) => [.. from.Epoch(epoch).SelectMany(batch => { using (batch) return batch.Indices; })];
        Assert.Equal(Enumerable.Range(0, 20), Order(loader, 0).Order());
        Assert.NotEqual(Order(loader, 0), Order(loader, 1));
        using var other = Loader(new MemoryDataset(20), batchSize: 4, seed: 1);
        Assert.NotEqual(Order(loader, 0), Order(other, 0));
    }

    [Fact]
    public void The_last_smaller_batch_is_dropped_unless_it_is_wanted_or_the_only_one()
    {
        using var dropping = Loader(new MemoryDataset(10), batchSize: 4);
        using var keeping = Loader(new MemoryDataset(10), batchSize: 4, dropLast: false);
        using var small = Loader(new MemoryDataset(3), batchSize: 4);

        Assert.Equal([4, 4], Sizes(dropping));
        Assert.Equal([4, 4, 2], Sizes(keeping));
        Assert.Equal([3], Sizes(small));
        Assert.Equal((2, 3, 1), (dropping.BatchesPerEpoch, keeping.BatchesPerEpoch, small.BatchesPerEpoch));
    }

    [Fact]
    public void A_faulty_image_fails_at_its_batch_with_its_name()
    {
        for (var round = 0; round < 5; round++)
        {
            using var loader = Loader(new MemoryDataset(20, faulty: 7), batchSize: 2, workers: 3);
            var sound = Contents(new MemoryDataset(20), workers: 1, epoch: 0, batchSize: 2);
            var expected = sound.TakeWhile(batch => !batch.Indices.Contains(" 7 ")).Count();
            var taken = 0;
            var error = Assert.Throws<InputException>(() =>
            {
                foreach (var batch in loader.Epoch(0))
                {
                    batch.Dispose();
                    taken++;
                }
            });
            Assert.Equal("'memory/7.png' is faulty.", error.Message);
            Assert.Equal(expected, taken);
        }
    }

    [Fact]
    public void Any_other_failure_is_reported_with_the_images_name()
    {
        using var loader = Loader(new MemoryDataset(2, faulty: 1, fault: new FormatException("odd")), batchSize: 2);
        var error = Assert.Throws<InvalidOperationException>(() => loader.Epoch(0).First());
        Assert.Equal("Cannot prepare 'memory/1.png' for training: odd", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void Cancelling_stops_a_waiting_consumer()
    {
        using var gate = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        using var loader = Loader(new BlockedDataset(new MemoryDataset(4), gate), batchSize: 2);
        using var batches = loader.Epoch(0, cancellation: cancel.Token).GetEnumerator();
        var waiting = Task.Run(batches.MoveNext);
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            gate.Set();          // threads that are inside a read finish it before the enumeration ends
            return waiting.GetAwaiter().GetResult();
        });
    }

    [Fact]
    public void An_epoch_may_be_left_early()
    {
        using var loader = Loader(new MemoryDataset(40), batchSize: 2, workers: 3);
        for (var round = 0; round < 10; round++)
        {
            foreach (var batch in loader.Epoch(round))
            {
                batch.Dispose();
                break;
            }
        }
        Assert.Equal(20, loader.Epoch(0).Count(batch => { batch.Dispose(); return true; }));
    }

    [Fact]
    public void Memory_of_a_disposed_batch_is_used_again_and_that_of_a_held_one_is_not()
    {
        using var loader = Loader(new MemoryDataset(40), batchSize: 2);
        List<TrainingBatch> held = [];
        var before = new List<float[]>();
        foreach (var batch in loader.Epoch(0))
        {
            held.Add(batch);
            before.Add(Values(batch));
        }
        Assert.Equal(before, held.Select(Values));
        held.ForEach(batch => batch.Dispose());
        held.ForEach(batch => batch.Dispose());     // twice is once
    }

    [Fact]
    public void A_batch_outlives_the_scope_in_which_it_was_asked_for()
    {
        using var loader = Loader(new MemoryDataset(8), batchSize: 2);
        using var batches = loader.Epoch(0).GetEnumerator();
        for (var round = 0; round < 4; round++)
        {
            using (NewDisposeScope())
                Assert.True(batches.MoveNext());
            using var batch = batches.Current;
            Assert.Equal([2, 3, 24, 32], batch.Images.shape);
            Assert.NotEmpty(Values(batch));
        }
    }

    [Fact]
    public void Waiting_is_measured()
    {
        using var loader = Loader(new MemoryDataset(4), batchSize: 2);
        Assert.Equal(0, loader.WaitSeconds);
        loader.Epoch(0).First().Dispose();
        Assert.True(loader.WaitSeconds > 0);
    }

    [Fact]
    public void No_images_or_no_labels_cannot_be_trained_on()
    {
        var empty = Assert.Throws<InputException>(() => Loader(new MemoryDataset(0), 2));
        Assert.Equal("The data set has no images to train on.", empty.Message);
        var unlabelled = Assert.Throws<InputException>(() => Loader(new MemoryDataset(2) { HasLabels = false }, 2));
        Assert.Contains("'memory/0.png' have no labels to train on", unlabelled.Message);
        using var loader = Loader(new MemoryDataset(4), batchSize: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(0, firstBatch: 3));
    }

    private static BatchLoader Loader(ISegmentationDataset dataset, int batchSize, int seed = 0, int workers = 2, bool dropLast = true) =>
        new(dataset, Augmentation, Normalization.ImageNet, batchSize, seed, workers, dropLast);

    private static float[] Values(TrainingBatch batch)
    {
        using var values = batch.Images.permute(0, 2, 3, 1);
        return values.data<float>().ToArray();
    }

    private static List<int> Sizes(BatchLoader loader) =>
        [.. loader.Epoch(0).Select(batch => { using (batch) return (int)batch.Images.shape[0]; })];

    /// <summary>Every batch of an epoch, as something that can be compared.</summary>
    private static List<(string Indices, int Images, int Labels)> Contents(
        ISegmentationDataset dataset, int workers, int epoch, int firstBatch = 0, int batchSize = 4)
    {
        using var loader = Loader(dataset, batchSize, seed: 0, workers);
        return [.. loader.Epoch(epoch, firstBatch).Select(batch =>
        {
            using (batch)
            {
                var labels = batch.Targets.Main.data<byte>().ToArray();
                return ($" {string.Join(' ', batch.Indices)} ", Hash(MemoryMarshal.AsBytes<float>(Values(batch))), Hash(labels));
            }
        })];
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>Reads nothing until it is let.</summary>
    private sealed class BlockedDataset(ISegmentationDataset dataset, ManualResetEventSlim gate) : ISegmentationDataset
    {
        public int Count => dataset.Count;

        public LabelSet Labels => dataset.Labels;

        public string Name(int index) => dataset.Name(index);

        public (OpenCvSharp.Mat Image, OpenCvSharp.Mat Labels) Read(int index)
        {
            gate.Wait();
            return dataset.Read(index);
        }
    }
}
