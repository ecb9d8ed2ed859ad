using Seg.Models.Blocks;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Blocks;

public class PyramidPoolingTests
{
    private static readonly int[] PoolSizes = [1, 2, 3, 6];

    [ReferenceFact]
    public void Agrees_with_SPNets_code()
    {
        using var reference = ReferenceCase.Shared("pyramid_pooling");
        using var block = new PyramidPooling(16, PoolSizes);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceFact]
    public void Folding_its_norms_keeps_its_output()
    {
        using var reference = ReferenceCase.Shared("pyramid_pooling");
        using var block = new PyramidPooling(16, PoolSizes);
        Parity.FoldingKeepsTheOutput(reference, block);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    public void Takes_maps_smaller_than_its_grids_and_says_its_channels(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var block = new PyramidPooling(11, [2, 5, 6]);
        block.eval();
        Assert.Equal(11 + 3 * 3, block.OutChannels);
        Assert.Equal([2, block.OutChannels, height, width], block.call(randn([2, 11, height, width])).shape);
    }

    [Fact]
    public void Fewer_channels_than_grids_are_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PyramidPooling(3, PoolSizes));
}
