using Seg.Models.Configuration;
using Seg.Models.Networks;

namespace Seg.Models.Tests.Networks;

public class NetworkCostTests
{
    private static Network Create(string name) => NetworkFactory.Create(ConfigReader.Read<ModelFileConfig>(name).Model);

    // The numbers are those of the authors' networks, at 128x256 and 512x1024: the cost is proportional to the size.
    [Theory]
    [InlineData("seg_hrnet_w18s", 128, 256, 2_037_031, 780_876_288)]
    [InlineData("seg_hrnet_w18", 128, 256, 9_641_119, 36_850_262_016 / 16)]
    [InlineData("seg_hrnet_w48", 64, 64, 65_859_379, 186_878_263_296 / 128)]
    public void Counts_what_the_authors_network_costs(string model, int height, int width, long parameters, long multiplyAdds)
    {
        using var network = Create(model);
        var cost = NetworkCost.Measure(network, (height, width));
        Assert.Equal(parameters, cost.Parameters);
        Assert.Equal(multiplyAdds, cost.MultiplyAdds);
    }

    [Theory]
    [InlineData("strip_pooling, in_channels: 16", 1872, 101_888, 2, 16, 13, 10)]
    [InlineData("local_relation, in_channels: 32", 1338, 307_788, 2, 32, 10, 12)]
    [InlineData("mixed_pooling, in_channels: 16", 1176, 255_312, 1, 16, 15, 17)]
    public void Counts_what_the_authors_blocks_cost(string block, long parameters, long multiplyAdds, int n, int c, int h, int w)
    {
        var config = ConfigReader.Parse<ModelFileConfig>($"model: {{ type: block, block: {{ name: {block} }} }}", "test");
        using var network = NetworkFactory.Create(config.Model);
        var cost = NetworkCost.Measure(network, n, c, h, w);
        Assert.Equal(parameters, cost.Parameters);
        Assert.Equal(multiplyAdds, cost.MultiplyAdds);
    }

    [Fact]
    public void Lists_modules_by_their_keys_with_shapes_and_leaves_the_network_as_it_was()
    {
        using var network = Create("seg_hrnet_w18s");
        network.train();
        var cost = NetworkCost.Measure(network, (64, 96));
        var again = NetworkCost.Measure(network, (64, 96));
        Assert.Equal(cost.MultiplyAdds, again.MultiplyAdds);
        Assert.True(network.training);

        var stem = cost.Modules[0];
        Assert.Equal(("conv1", "Conv2d", 64 * 3 * 9L, 64 * 3 * 9L * 32 * 48), (stem.Name, stem.Type, stem.Parameters, stem.MultiplyAdds));
        Assert.Equal([1, 64, 32, 48], stem.OutputShape);
        var concatenated = Assert.Single(cost.Modules, row => row.Name == "last_layer.0");
        Assert.Equal([1, 270, 16, 24], concatenated.OutputShape);
        Assert.Equal(270 * 270 * 16 * 24L, concatenated.MultiplyAdds);
    }

    // 16384x16384 pixels would take more memory than machines have: what is counted is counted from shapes.
    [Theory]
    [InlineData("seg_hrnet_w18s")]
    [InlineData("seg_hrnet_ocr_w18s")]
    [InlineData("spnet_r50")]
    [InlineData("pose_resnet50")]
    [InlineData("sknet50")]
    [InlineData("lrnet50")]
    [InlineData("nonlocal_resnet50")]
    public void Needs_no_memory_for_maps(string model)
    {
        using var network = Create(model);
        Assert.True(NetworkCost.Measure(network, (16384, 16384)).MultiplyAdds > 1_000_000_000_000);
    }
}
