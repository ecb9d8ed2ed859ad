using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Configuration;

public class LocalRelationConfigTests
{
    [Fact]
    public void A_position_file_is_found_beside_the_configuration_that_names_it()
    {
        using var folder = new TemporaryFolder();
        using var position = rand([1, 2, 3, 3]);
        NpyFile.Write(folder["position.npy"], position);
        using var block = Block(folder, "{ name: local_relation, in_channels: 8, kernel: 3, position: position.npy }");
        TensorAssert.Same(position, ((LocalRelation)block).Position);
    }

    [Fact]
    public void A_position_file_of_another_shape_is_named()
    {
        using var folder = new TemporaryFolder();
        using var position = rand([1, 2, 5, 5]);
        NpyFile.Write(folder["position.npy"], position);
        var fault = Assert.Throws<InputException>(() => Block(folder, "{ name: local_relation, in_channels: 8, kernel: 3, position: position.npy }"));
        Assert.Contains("position.npy cannot be a local_relation's position", fault.Message);
        Assert.Contains("it must be (1, 2, 3, 3)", fault.Message);
    }

    [Theory]
    [InlineData("in_channels: 7", "model.block.sharing is 8; must be at most the 7 channels")]
    [InlineData("in_channels: 8, kernel: 32", "model.block.kernel is 32; must be 1 to 31")]
    [InlineData("in_channels: 8, stride: 0", "model.block.stride is 0; must be at least 1")]
    [InlineData("in_channels: 8, padding: -1", "model.block.padding is -1; must be at least 0")]
    [InlineData("in_channels: 8, final_convolution: false, out_channels: 4", "model.block.out_channels is 4; without final_convolution")]
    [InlineData("in_channels: 8, geometry_prior: false, position: x.npy", "model.block.position is given, but there is no geometry_prior")]
    [InlineData("in_channels: 8, composition: sum", "model.block.composition cannot be 'sum'")]
    public void A_faulty_option_is_refused_by_name(string options, string message)
    {
        var fault = Assert.Throws<ConfigException>(() =>
            ConfigReader.Parse<ModelFileConfig>($"model: {{ type: block, block: {{ name: local_relation, {options} }} }}", "test.yaml"));
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public void What_the_place_in_a_network_gives_must_not_be_given_again()
    {
        Assert.Contains("stride is given; leave it out", Refusal(new LocalRelationConfig { Stride = 2 }));
        Assert.Contains("padding is given; leave it out", Refusal(new LocalRelationConfig { Padding = 3 }));
        Assert.Contains("kernel is 4; must be odd", Refusal(new LocalRelationConfig { Kernel = 4 }));
        Assert.Contains("final_convolution is false; the place needs one, from 8 to 16", Refusal(new LocalRelationConfig { FinalConvolution = false }));
        Assert.Contains("has no dilation, and the place asks for 2", Refusal(new LocalRelationConfig(), dilation: 2));
    }

    private static string Refusal(LocalRelationConfig config, int dilation = 1) => Assert.Throws<InputException>(() =>
        BlockFactory.CreateConvolution(config, inChannels: 8, outChannels: 16, stride: 1, dilation)).Message;

    private static Module<Tensor, Tensor> Block(TemporaryFolder folder, string block)
    {
        var file = folder.Write("block.yaml", $"model: {{ type: block, block: {block} }}\n");
        return BlockFactory.Create(((BlockModelConfig)ConfigReader.Read<ModelFileConfig>(file).Model).Block);
    }
}
