using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

public class BlockFactoryTests
{
    [Fact]
    public void A_bare_block_without_channels_is_refused_with_its_place()
    {
        var fault = Assert.Throws<ConfigException>(() =>
            ConfigReader.Parse<ModelFileConfig>("model:\n  type: block\n  block: { name: strip_pooling }\n", "block.yaml"));
        Assert.Contains("block.yaml:3:10", fault.Message);
        Assert.Contains("model.block has no in_channels", fault.Message);
    }

    [Fact]
    public void Strip_pooling_after_a_map_multiplies_it_by_the_gate()
    {
        using var scope = NewDisposeScope();
        using var block = BlockFactory.CreateOnMap(new StripPoolingConfig(), channels: 6);
        block.eval();
        var map = randn([2, 6, 5, 7]);
        var gate = block.modules().OfType<StripPooling>().Single().call(map);
        TensorAssert.Close(map * gate, block.call(map), 1e-6);
    }

    [Fact]
    public void A_block_with_channels_of_its_own_cannot_be_placed()
    {
        var fault = Assert.Throws<InputException>(() => BlockFactory.CreateOnMap(new MixedPoolingConfig { InChannels = 8 }, channels: 8));
        Assert.Contains("gives mixed_pooling in_channels", fault.Message);
    }

    [Fact]
    public void A_map_with_too_few_channels_is_refused()
    {
        var fault = Assert.Throws<InputException>(() => BlockFactory.CreateOnMap(new MixedPoolingConfig(), channels: 3));
        Assert.Contains("mixed_pooling", fault.Message);
        Assert.Contains("in_channels is 3; must be at least 4", fault.Message);
    }

    [Fact]
    public void A_block_that_cannot_replace_a_convolution_is_refused_with_those_that_can()
    {
        var fault = Assert.Throws<InputException>(() =>
            BlockFactory.CreateConvolution(new StripPoolingConfig(), inChannels: 8, outChannels: 8, stride: 1, dilation: 1));
        Assert.Contains("strip_pooling, which cannot stand in place of a 3x3 convolution; those that can: sk_conv", fault.Message);
    }

    [Fact]
    public void A_selective_kernel_convolution_takes_channels_and_stride_from_its_place()
    {
        using var scope = NewDisposeScope();
        using var block = BlockFactory.CreateConvolution(new SkConvConfig { Groups = 4 }, inChannels: 8, outChannels: 12, stride: 2, dilation: 2);
        block.eval();
        Assert.Equal([1, 12, 5, 4], block.call(randn([1, 8, 9, 7])).shape);
    }

    [Fact]
    public void What_the_place_says_cannot_be_said_by_the_block()
    {
        var fault = Assert.Throws<InputException>(() =>
            BlockFactory.CreateConvolution(new SkConvConfig { OutChannels = 8 }, inChannels: 32, outChannels: 32, stride: 1, dilation: 1));
        Assert.Contains("gives sk_conv out_channels; leave it out", fault.Message);
    }

    [Fact]
    public void Groups_that_do_not_divide_the_places_channels_are_refused()
    {
        var fault = Assert.Throws<InputException>(() =>
            BlockFactory.CreateConvolution(new SkConvConfig(), inChannels: 18, outChannels: 18, stride: 1, dilation: 1));
        Assert.Contains("groups is 32; must divide the channels in (18) and out (18)", fault.Message);
    }
}
