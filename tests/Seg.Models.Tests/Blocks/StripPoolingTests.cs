using Seg.Models.Blocks;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Blocks;

public class StripPoolingTests
{
    [Fact]
    public void Agrees_with_the_authors_code_in_output_and_gradients()
    {
        using var reference = ReferenceCase.Packed("spm_block");
        using var block = new StripPooling(inChannels: 16, outChannels: 16);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [Fact]
    public void Folding_its_norms_keeps_its_output()
    {
        using var reference = ReferenceCase.Packed("spm_block");
        using var block = new StripPooling(inChannels: 16, outChannels: 16);
        Models.Weights.StateDict.Load(block, reference.Weights, "the reference");
        block.eval();
        using var withoutGradient = no_grad();
        block.Fold();
        using var output = block.call(reference.Tensors["input"]);
        TensorAssert.Close(reference.Tensors["output"], output, reference.OutputTolerance);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(7, 2)]
    public void Gates_maps_of_any_size(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var block = new StripPooling(inChannels: 3, outChannels: 5);
        block.eval();
        var gate = block.call(randn([2, 3, height, width]));
        Assert.Equal([2, 5, height, width], gate.shape);
        Assert.True(gate.min().item<float>() > 0 && gate.max().item<float>() < 1, "A gate is between 0 and 1.");
    }
}
