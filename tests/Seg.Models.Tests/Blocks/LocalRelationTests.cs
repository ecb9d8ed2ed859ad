using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Blocks;

public class LocalRelationTests
{
    [ReferenceTheory]
    [InlineData("local_relation_k7_m8_p3")]
    [InlineData("local_relation_k7_m8_s2_p0")]
    [InlineData("local_relation_k3_m4_p1")]
    public void Agrees_with_the_reference_in_output_and_gradients(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        var arguments = reference.Description.GetProperty("arguments");
        using var block = new LocalRelation(
            Argument("channels"), Argument("k"), sharing: Argument("m"), Argument("stride"), Argument("padding"),
            priorMultiplier: arguments.GetProperty("prior_multiplier").GetDouble());
        block.Position = reference.Tensors["position"];
        Parity.OutputAndGradientsAgree(reference, block, block.call);

        int Argument(string key) => arguments.GetProperty(key).GetInt32();
    }

    [Fact]
    public void Agrees_with_the_carried_reference()
    {
        using var reference = ReferenceCase.Packed("local_relation_k3_m4_p1");
        using var block = new LocalRelation(channels: 24, kernel: 3, sharing: 4);
        block.Position = reference.Tensors["position"];
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [Fact]
    public void Without_a_reason_to_prefer_any_it_is_the_mean_of_the_window_and_of_the_zeros_beyond_the_map()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var block = new LocalRelation(channels: 1, kernel: 3, sharing: 1, geometryPrior: false, finalConvolution: false);
        foreach (var parameter in block.parameters())
            parameter.zero_();
        var map = tensor(new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }).view(1, 1, 3, 3);

        var means = tensor(new float[] { 12, 21, 16, 27, 45, 33, 24, 39, 28 }).view(1, 1, 3, 3) / 9;
        TensorAssert.Close(means, block.call(map), 1e-6);
    }

    [Fact]
    public void Where_sharing_does_not_divide_the_channels_the_groups_are_rounded_down_and_some_have_one_channel_more()
    {
        using var scope = NewDisposeScope();
        // 5 channels shared by 2 are 2 groups: channels 0, 2, 4 and 1, 3; as if a sixth channel of zeros were there.
        using var odd = new LocalRelation(channels: 5, kernel: 3, sharing: 2, finalConvolution: false);
        using var even = new LocalRelation(channels: 6, kernel: 3, sharing: 3, finalConvolution: false);
        using (no_grad())
        {
            foreach (var ((_, from), (name, to)) in odd.named_parameters().Zip(even.named_parameters()))
                to.copy_(name.EndsWith("map.l.weight", StringComparison.Ordinal) ? functional.pad(from, [0, 0, 0, 0, 0, 1]) : from);
        }
        var map = randn([2, 5, 6, 7]).requires_grad_();
        var expected = even.call(functional.pad(map, [0, 0, 0, 0, 0, 1])).narrow(1, 0, 5);
        var output = odd.call(map);
        TensorAssert.Close(expected.detach(), output.detach(), 1e-6);
        output.sum().backward();
        Assert.True(map.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void By_default_places_are_their_offsets_from_the_centre_over_the_radius_x_first()
    {
        using var scope = NewDisposeScope();
        using var block = new LocalRelation(channels: 8);
        Assert.Equal([1, 2, 7, 7], block.Position.shape);
        TensorAssert.Close(tensor(new[] { -1f, -2 / 3f, -1 / 3f, 0, 1 / 3f, 2 / 3f, 1 }), block.Position[0, 0, 2], 1e-6);
        TensorAssert.Close(full(7, -1 / 3f), block.Position[0, 1, 2], 1e-6);
        Assert.DoesNotContain(block.state_dict().Keys, key => key.Contains("position", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 20, 3, 20)]
    [InlineData(97, 2, 97, 2)]
    public void Keeps_the_extent_of_any_map_at_stride_1(int height, int width, int expectedHeight, int expectedWidth)
    {
        using var scope = NewDisposeScope();
        using var block = new LocalRelation(channels: 6, sharing: 3);
        var result = block.call(randn([2, 6, height, width]));
        Assert.Equal([2, 6, expectedHeight, expectedWidth], result.shape);
        Assert.True(isfinite(result).all().item<bool>(), "Every number is finite.");
    }

    [Fact]
    public void Gives_a_gradient_to_every_parameter_whatever_its_options()
    {
        using var scope = NewDisposeScope();
        foreach (var composition in Enum.GetValues<RelationComposition>())
        {
            using var block = new LocalRelation(channels: 4, kernel: 5, sharing: 2, stride: 2, composition: composition, outChannels: 6);
            block.call(randn([1, 4, 9, 8])).square().sum().backward();
            foreach (var (name, parameter) in block.named_parameters())
                Assert.True(parameter.grad is not null && isfinite(parameter.grad).all().item<bool>(), $"{name} has a gradient with {composition}.");
        }
    }

    [Fact]
    public void A_map_smaller_than_a_window_is_refused_with_both_sizes()
    {
        using var block = new LocalRelation(channels: 4, kernel: 7, sharing: 2, padding: 1);
        using var map = randn([1, 4, 4, 9]);
        var fault = Assert.Throws<InputException>(() => block.call(map));
        Assert.Contains("A map of 4x9 with a padding of 1 is smaller than the local relation layer's window of 7x7", fault.Message);
    }

    [Fact]
    public void A_position_map_of_another_shape_is_refused()
    {
        using var block = new LocalRelation(channels: 4, kernel: 7, sharing: 2);
        using var map = randn([1, 2, 3, 3]);
        var fault = Assert.Throws<ArgumentException>(() => block.Position = map);
        Assert.Contains("(1, 2, 3, 3); it must be (1, 2, 7, 7)", fault.Message);
    }

    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 8)]
    public void In_place_of_a_convolution_it_has_norm_and_ReLU_and_folds(bool finalConvolution, int outChannels)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var config = new LocalRelationConfig { Kernel = 3, Sharing = 4, FinalConvolution = finalConvolution };
        using var block = BlockFactory.CreateConvolution(config, inChannels: 8, outChannels, stride: 2, dilation: 1);
        var map = randn([2, 8, 9, 12]);
        block.call(map);   // batch statistics, which running ones take in
        block.eval();

        var result = block.call(map);
        Assert.Equal([2, outChannels, 5, 6], result.shape);
        Assert.True(result.min().item<float>() == 0, "ReLU leaves nothing below zero.");
        ((IFoldable)block).Fold();
        TensorAssert.Close(result, block.call(map), 1e-5);
    }
}
