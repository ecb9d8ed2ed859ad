using Seg.Models.Backbones;
using Seg.Models.Heads;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

public class StripPoolingHeadTests
{
    [ReferenceFact]
    public void Agrees_with_the_authors_head_on_a_single_map()
    {
        using var reference = ReferenceCase.Shared("sp_head");
        using var head = new StripPoolingHead([new FeatureMap(64, 8)], classes: 19, poolSizes: [20, 12], dropout: 0.1, alignCorners: true);
        Parity.OutputAndGradientsAgree(reference, head, x => head.call([x])[0]);
    }

    [Fact]
    public void Drops_channels_while_training_alone()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var head = new StripPoolingHead([new FeatureMap(128, 4)], classes: 3, poolSizes: [20, 12], dropout: 0.5, alignCorners: true);
        Tensor[] maps = [randn([1, 128, 8, 8])];
        head.eval();
        TensorAssert.Same(head.call(maps)[0].detach(), head.call(maps)[0].detach());
        head.train();
        Assert.NotEqual(0, TensorAssert.LargestDifference(head.call(maps)[0].detach(), head.call(maps)[0].detach()));
    }
}
