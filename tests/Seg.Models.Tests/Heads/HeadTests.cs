using Seg.Models.Configuration;
using Seg.Models.Networks;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

public class HeadTests
{
    private const string HRNet = "{ name: hrnet, width: 4, bottleneck_channels: 4, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1] }";
    private const string FinestOfHRNet =
        "{ name: hrnet, width: 8, bottleneck_channels: 4, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1], last_fusion: finest }";
    private const string ResNet = "{ name: resnet, units_per_stage: [1, 1, 1, 1], stem_channels: 4, width: 2 }";

    // Of its single channel dropout would take all, now and then, and with it every gradient.
    private const string NarrowFcn = "fcn, maps: [1], dropout: 0";

    public static TheoryData<string, string> Compositions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var backbone in new[] { HRNet, FinestOfHRNet, ResNet })
            {
                foreach (var head in new[] { "concat", "ocr, mid_channels: 6, key_channels: 4", "strip_pooling", "upsample", "heatmap", NarrowFcn })
                    data.Add(backbone, head);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Every_head_stands_on_every_backbone_in_networks_of_either_type(string backbone, string head)
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { "segmentation", "pose" })
        {
            var config = ConfigReader.Parse<ModelFileConfig>(
                $"model: {{ type: {type}, num_classes: 3, backbone: {backbone}, head: {{ name: {head} }}, initialization: kaiming }}", "test").Model;
            using var network = NetworkFactory.Create(config);
            network.train();
            var outputs = network.call(randn([2, 3, 45, 61]));
            Assert.Equal([2, 3, 12, 16], outputs[network.MainOutput].shape);
            outputs[network.MainOutput].square().sum().backward();
            Assert.NotEqual(0, network.parameters().First().grad!.abs().sum().item<float>());
        }
    }
}
