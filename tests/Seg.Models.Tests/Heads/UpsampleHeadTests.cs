using Seg.Models.Backbones;
using Seg.Models.Configuration;
using Seg.Models.Heads;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Heads;

public class UpsampleHeadTests
{
    [Fact]
    public void Classifies_the_chosen_map_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        using var head = new UpsampleHead([new FeatureMap(4, 4), new FeatureMap(6, 8)], index: 1, classes: 3);
        Tensor[] maps = [randn([2, 4, 8, 8]), randn([2, 6, 4, 5])];
        var weights = StateDict.Of(head);
        Assert.Equal(["classifier.weight", "classifier.bias"], weights.Keys);
        var expected = functional.conv2d(maps[1], weights["classifier.weight"], weights["classifier.bias"]);
        TensorAssert.Close(expected.detach(), head.call(maps).Single().detach(), 1e-6);
    }

    [Theory]
    [InlineData("{ name: upsample, map: 5 }", "", "model.head uses map 5 of the backbone, which hands on 4")]
    [InlineData("{ name: upsample, map: 2 }", ", last_fusion: finest", "model.head uses map 2 of the backbone, which hands on 1")]
    [InlineData("{ name: upsample, map: 0 }", "", "model.head.map is 0; must be 1 (the finest map) or more")]
    public void A_map_that_there_is_not_is_a_fault(string head, string backbone, string message)
    {
        var fault = Assert.Throws<ConfigException>(() => ConfigReader.Parse<ModelFileConfig>(
            $"model: {{ type: segmentation, backbone: {{ name: hrnet, width: 8{backbone} }}, head: {head} }}", "test"));
        Assert.Contains(message, fault.Message);
    }
}
