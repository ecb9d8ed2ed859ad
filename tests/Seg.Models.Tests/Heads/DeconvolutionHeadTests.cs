using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Heads;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

public class DeconvolutionHeadTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    public void Doubles_the_last_map_once_for_each_transposed_convolution(int kernel, int finalKernel)
    {
        using var scope = NewDisposeScope();
        using var head = new DeconvolutionHead([new(4, 4), new(6, 32)], keypoints: 5, [8, 7], kernel, finalKernel);
        var output = head.call([zeros([2, 4, 9, 11]), zeros([2, 6, 3, 5])]).Single();
        Assert.Equal([2, 5, 12, 20], output.shape);
    }

    [Fact]
    public void A_transposed_convolution_spreads_every_position_over_the_next_ones()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var step = new TransposedConvNormAct(1, 1, kernel: 4);
        using var owner = ModuleGroup.In(new ModuleGroup(), "owner");
        step.RegisterIn(owner, "0", "1");
        owner.eval();
        owner.parameters().First().copy_(arange(16).view(1, 1, 4, 4).to_type(ScalarType.Float32));
        // One position of a 1x1 map: of the kernel's 4x4 outputs padding 1 leaves the inner 2x2. The norm's ε takes a little.
        TensorAssert.Close(tensor(new float[] { 5, 6, 9, 10 }).view(1, 1, 2, 2), step.Forward(ones([1, 1, 1, 1])), 1e-4);
    }

    [Fact]
    public void Folding_its_norms_keeps_its_output()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var head = new DeconvolutionHead([new(6, 32)], keypoints: 5, [8, 7, 9], kernel: 4, finalKernel: 1);
        foreach (var (name, tensor) in head.state_dict())
        {
            if (tensor.dim() == 1)
                tensor.uniform_(0.5, 2);
        }
        head.eval();
        var map = randn([2, 6, 3, 5]);
        var expected = head.call([map]).Single();
        head.Fold();
        TensorAssert.Close(expected, head.call([map]).Single(), 1e-5 * expected.abs().max().item<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_in_bfloat16_give_the_same_but_for_rounding(bool fold)
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        using var head = new DeconvolutionHead([new(16, 32)], keypoints: 5, [16, 8], kernel: 4, finalKernel: 1);
        head.eval();
        if (fold)
            head.Fold();
        var map = randn([2, 16, 3, 5]);
        var expected = head.call([map]).Single();
        head.to(ScalarType.BFloat16);
        var output = head.call([map.to_type(ScalarType.BFloat16)]).Single();
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        TensorAssert.Close(expected, output.to_type(ScalarType.Float32), 0.03 * expected.abs().max().item<float>());
    }

    [Theory]
    [InlineData("channels: []", "model.head.channels must be at least one number, each at least 1")]
    [InlineData("kernel: 5", "model.head.kernel is 5; must be 2, 3 or 4")]
    [InlineData("final_kernel: 2", "model.head.final_kernel is 2; must be 1 or 3")]
    public void Sizes_that_cannot_be_are_errors(string option, string problem)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<ModelFileConfig>(
            $"model: {{ type: pose, backbone: {{ name: resnet, depth: 50 }}, head: {{ name: deconv, {option} }} }}", "test"));
        Assert.EndsWith(problem, error.Message);
    }
}
