using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Configuration;

public class ModelConfigTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Path.Combine(SharedFiles.RepositoryRoot, "configs", "models"), "*.yaml")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_named_model_can_be_read_and_written(string name)
    {
        var config = ConfigReader.Read<ModelFileConfig>(name);
        Assert.Equal(ConfigReader.Write(config), ConfigReader.Write(ConfigReader.Parse<ModelFileConfig>(ConfigReader.Write(config), name)));
    }

    [Theory]
    [InlineData("strip_pooling, in_channels: 16", "conv1.weight", 14)]
    [InlineData("mixed_pooling, in_channels: 16", "conv1_1.0.weight", 60)]
    public void A_block_can_be_a_network_of_its_own(string block, string firstKey, int entries)
    {
        using var scope = NewDisposeScope();
        var config = ConfigReader.Parse<ModelFileConfig>($"model: {{ type: block, block: {{ name: {block} }} }}", "test").Model;
        using var network = NetworkFactory.Create(config);
        network.eval();
        var keys = StateDict.Of(network).Keys.ToArray();
        Assert.Equal(firstKey, keys[0]);
        Assert.Equal(entries, keys.Length);
        Assert.Equal([2, 16, 9, 7], network.call(randn([2, 16, 9, 7])).Single().shape);
    }
}
