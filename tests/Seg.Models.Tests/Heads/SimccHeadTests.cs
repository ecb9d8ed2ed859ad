using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Heads;
using Seg.Models.Networks;
using Seg.Models.Tests.Codecs;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

public class SimccHeadTests
{
    private const string Network =
        "{ type: pose, num_classes: 3, backbone: { name: hrnet, width: 4, bottleneck_channels: 4, blocks_per_stage: [1, 1, 1, 1], " +
        "modules_per_stage: [1, 1, 1], last_fusion: finest }, head: { name: simcc, input_size: [64, 32] }, codec: { name: simcc } }";

    [Fact]
    public void Has_the_authors_keys_and_is_a_linear_layer_of_the_flattened_map_for_each_axis()
    {
        using var scope = NewDisposeScope();
        using var head = new SimccHead(new(4, 4), keypoints: 3, kernel: 1, (64, 32), (128, 64));
        var state = StateDict.Of(head);
        Assert.Equal(
            ["final_layer.weight", "final_layer.bias", "mlp_head_x.weight", "mlp_head_x.bias", "mlp_head_y.weight", "mlp_head_y.bias"], state.Keys);

        var map = rand(2, 4, 16, 8);
        var output = head.call([map]).Single();
        Assert.Equal([2, 3, 64 + 128], output.shape);

        var weight = state["final_layer.weight"].view(3, 4);
        var flat = matmul(weight, map.view(2, 4, 128)) + state["final_layer.bias"].view(3, 1);
        foreach (var (axis, first, bins) in new[] { ("x", 0, 64), ("y", 64, 128) })
        {
            var expected = matmul(flat, state[$"mlp_head_{axis}.weight"].t()) + state[$"mlp_head_{axis}.bias"];
            TensorAssert.Close(expected, output.narrow(2, first, bins), 1e-5, axis);
        }
    }

    [Fact]
    public void A_network_gives_what_its_codec_decodes()
    {
        using var scope = NewDisposeScope();
        var config = (PoseConfig)ConfigReader.Parse<ModelConfig>(Network, "test");
        using var network = NetworkFactory.Create(config);
        network.eval();
        var codec = CodecFactory.Create(config.Codec, (64, 32), TestKeypoints.Of(3));
        Assert.Equal(3, codec.Decode(network.Predict(rand(2, 3, 64, 32)))[1].Length);

        var fault = Assert.Throws<ArgumentException>(() => network.Predict(rand(1, 3, 64, 64)));
        Assert.Contains("was made for inputs of about 64 x 32 pixels, but got a map as of 64 x 64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bins_are_the_codecs()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(ConfigReader.Parse<ModelConfig>(Network.Replace("name: simcc }", "name: simcc, split_ratio: 3 }"), "test"));
        Assert.Equal([1, 3, 96 + 192], network.Predict(rand(1, 3, 64, 32)).shape);
    }

    [Theory]
    [InlineData("codec: { name: simcc }", "codec: { name: udp }", "codec is for heatmaps, but model.head is simcc, which gives none")]
    [InlineData("name: simcc, input_size: [64, 32]", "name: heatmap", "codec is simcc, but model.head gives heatmaps; set model.head.name=simcc")]
    [InlineData("input_size: [64, 32]", "input_size: [64]", "input_size must be two numbers, each at least 1: height and width")]
    [InlineData("input_size: [64, 32]", "kernel: 2", "kernel is 2; must be 1 or 3")]
    public void Heads_and_codecs_that_do_not_fit_are_told(string part, string instead, string problem) => Assert.Contains(
        problem, Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<ModelConfig>(Network.Replace(part, instead), "test")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Segmentation_cannot_have_it() => Assert.Contains(
        "head is simcc, which gives no maps; it is for model.type: pose",
        Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<ModelConfig>(
            Network.Replace("type: pose", "type: segmentation").Replace(", codec: { name: simcc }", ""), "test")).Message,
        StringComparison.Ordinal);
}
