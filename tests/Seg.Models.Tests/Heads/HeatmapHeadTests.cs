using Seg.Models.Backbones;
using Seg.Models.Heads;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

public class HeatmapHeadTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Has_the_authors_keys_and_keeps_the_size_of_the_finest_map(int kernel)
    {
        using var scope = NewDisposeScope();
        using var head = new HeatmapHead(new FeatureMap(6, 4), keypoints: 17, kernel);
        var weights = StateDict.Of(head);
        Assert.Equal(["final_layer.weight", "final_layer.bias"], weights.Keys);
        Assert.Equal([17, 6, kernel, kernel], weights["final_layer.weight"].shape);
        Assert.Equal([2, 17, 5, 9], head.call([randn([2, 6, 5, 9]), randn([2, 12, 3, 5])]).Single().shape);
    }
}
