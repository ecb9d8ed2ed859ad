using Seg.Models.Blocks;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Blocks;

public class BottleneckTests
{
    [ReferenceFact]
    public void Agrees_with_SPNets_code_with_dilation_and_strip_pooling_gate()
    {
        using var reference = ReferenceCase.Shared("spnet_bottleneck_spm");
        using var block = new Bottleneck(inChannels: 32, channels: 16, stride: 1, dilation: 4, stripPooling: true);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceFact]
    public void Folding_its_norms_keeps_its_output()
    {
        using var reference = ReferenceCase.Shared("spnet_bottleneck_spm");
        using var block = new Bottleneck(inChannels: 32, channels: 16, stride: 1, dilation: 4, stripPooling: true);
        Parity.FoldingKeepsTheOutput(reference, block);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 2, 7, 5)]
    [InlineData(2, 1, 8, 3)]
    public void A_stride_halves_the_map_and_rounds_up(int stride, int dilation, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var block = new Bottleneck(inChannels: 6, channels: 2, stride, dilation, stripPooling: true);
        block.eval();
        var extents = new long[] { 1, 8, (height + stride - 1) / stride, (width + stride - 1) / stride };
        Assert.Equal(extents, block.call(randn([1, 6, height, width])).shape);
    }
}
