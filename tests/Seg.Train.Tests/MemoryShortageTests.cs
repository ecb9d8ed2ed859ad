using Seg.Train.Tasks;
using static TorchSharp.torch;

namespace Seg.Train.Tests;

public class MemoryShortageTests
{
    [Fact]
    public void Libtorchs_own_error_is_known_and_the_message_says_what_was_asked_for_and_what_would_fit()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty([1L << 50], ScalarType.Float32));

        Assert.True(MemoryShortage.IsCause(error), error.Message);
        var message = MemoryShortage.Message(
            error, step: 3, "cpu, fp32", batchSize: 12, height: 512, width: 1024, accumulate: 2, fitting: 3, SizeOption.Crop);
        Assert.Contains("at step 3 (asked for 4194304 GiB more)", message, StringComparison.Ordinal);
        Assert.Contains("a batch of 12 images of 1024 x 512 on cpu, fp32 does not fit", message, StringComparison.Ordinal);
        Assert.Contains("train.batch_size=3 train.accumulate=8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpus_error_is_known()
    {
        var error = new InvalidOperationException("CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0; 79.15 GiB total capacity)");

        Assert.True(MemoryShortage.IsCause(error));
        var message = MemoryShortage.Message(error, 1, "cuda:0, bf16", 4, 64, 64, 1, 2, SizeOption.Crop);
        Assert.Contains("asked for 2.50 GiB more", message, StringComparison.Ordinal);
        Assert.False(MemoryShortage.IsCause(new InvalidOperationException("shape mismatch")));
    }

    [Fact]
    public void Memory_that_is_short_beside_the_steps_is_told_too()
    {
        var error = new InvalidOperationException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 3145728 bytes. Error code 12");

        var message = MemoryShortage.Message(error, step: 7, batchSize: 8, height: 512, width: 1024, SizeOption.Crop);
        Assert.Contains("after step 7 (asked for 3 MiB more), beside a training step of 8 images of 1024 x 512", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_not_one_image_fits_a_smaller_crop_is_named()
    {
        var message = MemoryShortage.Message(new OutOfMemoryException(), 1, "cpu, fp32", 1, 512, 1024, 1, fitting: 0, SizeOption.Crop);

        Assert.Contains("data.augmentation.crop_size=[256, 512]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_bottom_up_network_it_is_the_size_of_its_scenes_and_one_that_it_takes()
    {
        using TemporaryFolder folder = new();
        TinyScenes.Write(folder.At("data"));
        using var task = TrainingTask.Open(TinyScenes.Config(folder.At("data")));

        var message = MemoryShortage.Message(new OutOfMemoryException(), 1, "cpu, fp32", 1, 544, 32, 1, fitting: 0, task.Size);
        Assert.Contains("data.scenes.size=[256, 32]", message, StringComparison.Ordinal);
        message = MemoryShortage.Message(new OutOfMemoryException(), step: 7, batchSize: 8, height: 512, width: 512, task.Size);
        Assert.Contains("lower train.batch_size or data.scenes.size.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_a_norm_cannot_train_on_does_not_fit()
    {
        var fitting = MemoryShortage.LargestFitting(2, _ =>
            throw new InvalidOperationException("Expected more than 1 value per channel when training, got input size [1, 4, 1, 1]"));

        Assert.Equal(0, fitting);
    }

    [Theory]
    [InlineData(16, 5, 4)]
    [InlineData(7, 3, 3)]
    [InlineData(8, 0, 0)]
    [InlineData(1, 1, 0)]
    public void Halves_are_tried_until_one_fits(int batchSize, int most, int expected)
    {
        var fitting = MemoryShortage.LargestFitting(batchSize, images =>
        {
            if (images > most)
                throw new InvalidOperationException("CUDA out of memory.");
        });

        Assert.Equal(expected, fitting);
    }
}
