using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Tests.Datasets.Keypoints;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Loading;

public class PoseBatchTests
{
    /// <summary>Everything that draws random numbers is on.</summary>
    private static readonly PoseAugmentationConfig Augmentation = new()
    {
        CropSize = [32, 24],
        HalfBody = new() { Probability = 0.5, Keypoints = 2 },
        Photometric = new(),
        Cutout = new(),
    };

    private static readonly KeypointCodec Codec = CodecFactory.Create(new HeatmapCodecConfig(), (32, 24), MemoryPeople.Set);

    [Fact]
    public void A_batch_has_images_heatmaps_and_a_weight_for_each_keypoint()
    {
        using var loader = Loader(new MemoryPeople(5), batchSize: 4);
        using var batch = loader.Epoch(0).Single();

        Assert.Equal([4, 3, 32, 24], batch.Images.shape);
        Assert.Equal([32 * 24 * 3, 1, 24 * 3, 3], batch.Images.stride());
        Assert.Equal([4, 5, 8, 6], batch.Targets.Main.shape);
        Assert.Equal([4, 5], batch.Targets.Weights!.shape);
        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (batch.Targets.Main.dtype, batch.Targets.Weights.dtype));
        Assert.Equal(4, batch.Indices.Distinct().Count());
    }

    [Fact]
    public void Batches_are_the_same_with_one_two_and_four_threads()
    {
        var one = Contents(workers: 1, epoch: 1);
        Assert.Equal(5, one.Count);
        Assert.Equal(5, one.Distinct().Count());
        Assert.Equal(one, Contents(workers: 2, epoch: 1));
        Assert.Equal(one, Contents(workers: 4, epoch: 1));
        Assert.NotEqual(one, Contents(workers: 1, epoch: 2));
    }

    [Fact]
    public void An_epoch_taken_up_at_any_batch_goes_on_as_it_would_have()
    {
        var whole = Contents(workers: 2, epoch: 3);
        for (var first = 0; first <= whole.Count; first++)
            Assert.Equal(whole.Skip(first), Contents(workers: 2, epoch: 3, first));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Samples_are_made_in_memory_that_is_there_already(bool recolours)
    {
        var augmentation = recolours ? Augmentation : new() { CropSize = [256, 192] };
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), (augmentation.CropSize[0], augmentation.CropSize[1]), MemoryPeople.Set);
        using var loader = new BatchLoader(new MemoryPeople(40), augmentation, Normalization.ImageNet, codec, batchSize: 4, seed: 0, workers: 1);
        foreach (var batch in loader.Epoch(0))
            batch.Dispose();

        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var batch in loader.Epoch(1))
            batch.Dispose();
        var perSample = (GC.GetTotalAllocatedBytes(precise: true) - before) / 40;

        // One crop of 256 x 192 has 590 kB as floats, its heatmaps 61 kB: what is left are the objects that stand for tensors and matrices.
        Assert.InRange(perSample, 0, 8 << 10);
    }

    [Fact]
    public void A_faulty_person_fails_at_its_batch_with_its_name()
    {
        using var loader = Loader(new MemoryPeople(6, faulty: 2), batchSize: 6);
        var error = Assert.Throws<InputException>(() => loader.Epoch(0).First());
        Assert.Equal("'memory/2.png, annotation 2' is faulty.", error.Message);
        using var other = Loader(new MemoryPeople(6, faulty: 2, fault: new FormatException("odd")), batchSize: 6);
        var failure = Assert.Throws<InvalidOperationException>(() => other.Epoch(0).First());
        Assert.Equal("Cannot prepare 'memory/2.png, annotation 2' for training: odd", failure.Message);
    }

    [Fact]
    public void Nobody_and_people_without_keypoints_cannot_be_trained_on()
    {
        Assert.Equal("The data set has no people to train on.", Assert.Throws<InputException>(() => Loader(new MemoryPeople(0), 2)).Message);
        var error = Assert.Throws<InputException>(() => Loader(new MemoryPeople(2) { HasKeypoints = false }, 2));
        Assert.Contains("have no keypoints to train on; train on annotations, not on detections", error.Message);
    }

    private static BatchLoader Loader(IKeypointDataset dataset, int batchSize, int workers = 2) =>
        new(dataset, Augmentation, Normalization.ImageNet, Codec, batchSize, seed: 0, workers);

    /// <summary>Every batch of an epoch, as something that can be compared.</summary>
    private static List<(string Indices, int Images, int Targets, int Weights)> Contents(int workers, int epoch, int firstBatch = 0)
    {
        using var loader = Loader(new MemoryPeople(21), batchSize: 4, workers);
        return [.. loader.Epoch(epoch, firstBatch).Select(batch =>
        {
            using (batch)
            {
                using var images = batch.Images.permute(0, 2, 3, 1);
                return (string.Join(' ', batch.Indices), Hash(images), Hash(batch.Targets.Main), Hash(batch.Targets.Weights!));
            }
        })];
    }

    private static int Hash(Tensor tensor)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<float>(tensor.data<float>().ToArray()));
        return hash.ToHashCode();
    }
}
