using Seg.Models.Blocks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Blocks;

public class MixedPoolingTests
{
    private static readonly int[] PoolSizes = [20, 12];

    [Fact]
    public void Agrees_with_the_authors_code_on_a_map_smaller_than_its_grids()
    {
        using var reference = ReferenceCase.Packed("strip_pooling_small_map");
        using var block = new MixedPooling(16, PoolSizes);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceFact]
    public void Agrees_with_the_authors_code_on_a_larger_map()
    {
        using var reference = ReferenceCase.Shared("strip_pooling");
        using var block = new MixedPooling(32, PoolSizes);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [Fact]
    public void Folding_its_norms_keeps_its_output()
    {
        using var reference = ReferenceCase.Packed("strip_pooling_small_map");
        using var block = new MixedPooling(16, PoolSizes);
        StateDict.Load(block, reference.Weights, "the reference");
        block.eval();
        using var withoutGradient = no_grad();
        block.Fold();
        using var output = block.call(reference.Tensors["input"]);
        TensorAssert.Close(reference.Tensors["output"], output, reference.OutputTolerance);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 41)]
    [InlineData(23, 3)]
    public void Keeps_the_shape_of_any_map(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var block = new MixedPooling(9, PoolSizes);
        block.eval();
        Assert.Equal([2, 9, height, width], block.call(randn([2, 9, height, width])).shape);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_while_training()
    {
        using var scope = NewDisposeScope();
        using var block = new MixedPooling(8, PoolSizes);
        block.train();
        block.call(randn([2, 8, 24, 17])).square().sum().backward();
        Assert.All(block.named_parameters(), entry =>
            Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, $"{entry.name} has none."));
    }

    [Fact]
    public void Fewer_than_four_channels_are_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedPooling(3, PoolSizes));
}
