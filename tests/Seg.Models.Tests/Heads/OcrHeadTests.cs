using Seg.Models.Backbones;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Heads;

public class OcrHeadTests
{
    private static OcrHead Create(params FeatureMap[] maps) =>
        new(maps, classes: 3, midChannels: 6, keyChannels: 4, dropout: 0.05, auxiliaryWeight: 0.4, alignCorners: true);

    [Fact]
    public void The_main_output_is_the_second_and_the_auxiliary_one_counts_less()
    {
        using var head = Create(new FeatureMap(8, 4));
        Assert.Equal(1, head.MainOutput);
        Assert.Equal([0.4, 1], head.OutputWeights);
    }

    [Fact]
    public void Takes_any_number_of_maps_of_any_size()
    {
        using var scope = NewDisposeScope();
        using var head = Create(new FeatureMap(5, 4), new FeatureMap(3, 8));
        head.eval();
        var outputs = head.call([randn([2, 5, 7, 9]), randn([2, 3, 4, 5])]);
        Assert.Equal(2, outputs.Length);
        Assert.All(outputs, output => Assert.Equal([2, 3, 7, 9], output.shape));
    }

    [Fact]
    public void A_pixel_far_away_takes_part_in_the_context()
    {
        random.manual_seed(2);
        using var scope = NewDisposeScope();
        using var head = Create(new FeatureMap(4, 4));
        head.eval();
        var map = randn([1, 4, 16, 16]).requires_grad_();
        // Beyond the 3x3 convolution's reach only the regions carry anything from one corner to the other.
        head.call([map])[1][0, 0, 0, 0].backward();
        Assert.NotEqual(0, map.grad![0, 0, 15, 15].item<float>());
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_while_training()
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var head = Create(new FeatureMap(4, 4), new FeatureMap(8, 8));
        head.train();
        head.call([randn([2, 4, 12, 10]), randn([2, 8, 6, 5])])[1].square().sum().backward();
        // Biases before norms, and what only leads to the auxiliary classifier's offsets, have gradients of zero up to rounding.
        Assert.All(head.named_parameters(), entry => Assert.NotNull(entry.parameter.grad));
        Assert.All(head.named_parameters().Where(entry => entry.parameter.dim() == 4), entry =>
            Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, $"{entry.name} has none."));
    }
}
