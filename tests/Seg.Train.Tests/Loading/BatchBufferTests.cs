using Seg.Train.Loading;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Loading;

public class BatchBufferTests
{
    [Fact]
    public void Each_sample_has_its_own_part_of_every_tensor()
    {
        TensorLayout main = new(ScalarType.Byte, 2, 3), weights = new(ScalarType.Float32, 4), further = new(ScalarType.Float32, 2);
        using BatchBuffer buffer = new(3, new BatchLayout(2, 3, main, weights) { Further = [further] });
        for (var sample = 0; sample < 3; sample++)
        {
            Assert.Equal((18, 6, 4), (buffer.Image(sample).Length, buffer.Main<byte>(sample).Length, buffer.Weights(sample).Length));
            buffer.Image(sample).Fill(sample);
            buffer.Main<byte>(sample).Fill((byte)(10 + sample));
            buffer.Weights(sample).Fill(20 + sample);
            buffer.Further<float>(0, sample).Fill(30 + sample);
        }

        using var scope = NewDisposeScope();
        var (images, targets) = buffer.Take(2);
        Assert.Equal([0, 1], images.amax([1, 2, 3]).data<float>().ToArray());
        Assert.Equal([0, 1], images.amin([1, 2, 3]).data<float>().ToArray());
        Assert.Equal(new byte[] { 10, 11 }, targets.Main.amin([1, 2]).data<byte>().ToArray());
        Assert.Equal([20, 21], targets.Weights!.amin([1]).data<float>().ToArray());
        Assert.Equal([30, 31], targets.Further[0].amin([1]).data<float>().ToArray());
    }

    [Fact]
    public void A_batch_of_more_than_two_gibibytes_can_be_filled()
    {
        // Of this memory the system gives only what is written to.
        const int Side = 8192;
        using BatchBuffer buffer = new(3, new BatchLayout(Side, Side, new(ScalarType.Byte, 1)));

        buffer.Image(2)[^1] = 7;

        Assert.Equal(7, buffer.Image(2)[3 * Side * Side - 1]);
    }
}
