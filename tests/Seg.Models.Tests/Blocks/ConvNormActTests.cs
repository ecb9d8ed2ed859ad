using Seg.Models.Blocks;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Blocks;

public class ConvNormActTests
{
    /// <summary>libtorch's own gradient is wrong here by whatever lies in freed memory, which is made to be NaN.</summary>
    [Theory]
    [InlineData(18, 1)]
    [InlineData(18, 18)]
    [InlineData(32, 8)]
    [InlineData(32, 1)]
    public void Autocast_keeps_the_gradient_of_a_dilated_convolution(int channels, int groups)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var conv = nn.Conv2d(channels, channels, 3L, padding: 2, dilation: 2, groups: groups, bias: false);
        var unit = new ConvNormAct(conv, nn.BatchNorm2d(channels), relu: true);
        TorchRuntime.Current.ChannelsLast(conv);
        var x = TorchRuntime.Current.ChannelsLast(randn([2, channels, 30, 40]));
        var direction = randn([2, channels, 30, 40]);

        var expected = Gradient(ScalarType.Float32);
        var actual = Gradient(ScalarType.BFloat16);

        Assert.InRange(((actual - expected).norm() / expected.norm()).item<float>(), 0, 0.05);

        Tensor Gradient(ScalarType type)
        {
            conv.weight!.grad?.zero_();
            Tensor output;
            using (type == ScalarType.Float32 ? null : TorchRuntime.Current.Autocast(CPU, type))
                output = unit.Forward(x);
            Assert.Equal(type, output.dtype);
            FillFreedMemory();
            (output.to_type(ScalarType.Float32) * direction).sum().backward();
            return conv.weight.grad!.clone();
        }
    }

    private static void FillFreedMemory()
    {
        using var scope = NewDisposeScope();
        for (var size = 64; size < 1 << 22; size *= 2)
            full([size], float.NaN);
    }
}
