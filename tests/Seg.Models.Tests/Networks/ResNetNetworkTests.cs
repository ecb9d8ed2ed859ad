using Seg.Models.Backbones;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Networks;

/// <summary>Every kind of ResNet, small, under every kind of network.</summary>
public class ResNetNetworkTests
{
    private const string Small = "name: resnet, units_per_stage: [1, 1, 1, 1], stem_channels: 8, out_channels: 16";

    private static readonly Dictionary<string, string> Backbones = new()
    {
        ["plain"] = $"{{ {Small}, width: 4 }}",
        ["spnet"] = $"{{ {Small}, width: 4, key: pretrained, stem: deep, strides: [1, 2, 1, 1], dilations: [[1], [1], [1, 2], [4, 8, 16]], "
            + "placements: [{ place: gate, block: { name: strip_pooling } }] }",
        ["sknet"] = $"{{ {Small}, width: 8, stem_pooling: rounded_up, "
            + "placements: [{ place: convolution, block: { name: sk_conv, groups: 4, minimum_width: 4 } }] }",
        ["lrnet"] = $"{{ {Small}, width: 10, placements: [{{ place: stem, block: {{ name: local_relation }} }}, "
            + "{ place: convolution, block: { name: local_relation, kernel: 5, sharing: 4 } }] }",
        ["non_local"] = $"{{ {Small}, width: 4, placements: [{{ place: after_unit, stages: [2, 3], block: {{ name: non_local }} }}] }}",
        ["rga"] = $"{{ {Small}, width: 4, key: backbone, strides: [1, 2, 2, 1], "
            + "placements: [{ place: after_stage, block: { name: rga, grid: [8, 8], hidden_reduction: 2, any_size: true } }] }",
    };

    private static readonly string[] Networks =
    [
        "type: segmentation, head: { name: concat }",
        "type: segmentation, head: { name: strip_pooling, maps: [4] }, auxiliary: { head: { name: fcn, maps: [3] } }",
        "type: segmentation, head: { name: ocr, mid_channels: 8, key_channels: 4 }",
        "type: pose, head: { name: deconv, channels: [8, 8, 8] }",
        "type: classification",
        "type: classification, classifier: { name: normalized, dropout: 0.1 }",
    ];

    public static TheoryData<string, string> Compositions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var backbone in Backbones.Keys)
            {
                foreach (var network in Networks)
                    data.Add(backbone, network);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Trains_at_an_odd_size_and_computes_the_same_once_folded(string backbone, string network)
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        var config = Parse(Backbones[backbone], $"{network}, num_classes: 5, initialization: kaiming");
        using var plain = NetworkFactory.Create(config);
        var images = randn([2, 3, 97, 129]);
        plain.train();
        var outputs = plain.call(images);
        Assert.Equal(plain.OutputWeights.Count, outputs.Length);
        outputs.Select(output => output.square().mean()).Aggregate((sum, part) => sum + part).backward();
        Assert.All(plain.named_parameters().Where(entry => entry.parameter.requires_grad), entry =>
            Assert.True(entry.parameter.grad is { } gradient && gradient.isfinite().all().item<bool>(), $"{entry.name} has no gradient."));

        plain.eval();
        using var withoutGradient = no_grad();
        using var folded = InferenceNetwork.Prepare(plain, config, CPU, ScalarType.Float32);
        var expected = plain.Predict(images);
        TensorAssert.Close(expected, folded.Predict(images), 1e-4 * expected.abs().max().item<float>(), "The folded network's output");
    }

    [Fact]
    public void The_auxiliary_output_is_there_while_training_alone_and_teaches_the_layers_before_its_map()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Parse(
            Backbones["spnet"],
            "type: segmentation, num_classes: 3, head: { name: strip_pooling, maps: [4] }, auxiliary: { weight: 0.3, head: { name: fcn, maps: [3] } }"));
        var images = randn([2, 3, 64, 64]);
        Assert.Equal([1.0, 0.3], network.OutputWeights);
        network.train();
        var outputs = network.call(images);
        Assert.Equal([[2, 3, 8, 8], [2, 3, 8, 8]], outputs.Select(output => output.shape));
        outputs[1].sum().backward();
        string[] taught = [.. network.named_parameters().Where(entry => entry.parameter.grad is not null).Select(entry => entry.name)];
        Assert.Contains("pretrained.layer3.0.conv1.weight", taught);
        Assert.Contains("auxlayer.conv5.0.weight", taught);
        Assert.DoesNotContain(taught, name => name.StartsWith("head.", StringComparison.Ordinal) || name.Contains("layer4", StringComparison.Ordinal));

        network.eval();
        Assert.Single(network.call(images));
        Assert.Equal(2, network.CallWithAuxiliary(images).Length);
    }

    [Fact]
    public void What_is_published_at_the_images_size_is_the_output_interpolated()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Parse(
            Backbones["plain"], "type: segmentation, num_classes: 3, head: { name: fcn }, output_at_image_size: true"));
        network.eval();
        var images = randn([1, 3, 97, 129]);
        var (small, large) = (network.call(images).Single(), network.CallAsPublished(images).Single());
        Assert.Equal([1, 3, 4, 5], small.shape);
        Assert.Equal([1, 3, 97, 129], large.shape);
        // Aligned corners are the corners themselves.
        Assert.Equal(small[0, 1, 3, 4].item<float>(), large[0, 1, 96, 128].item<float>(), 1e-5);
    }

    [Fact]
    public void The_normalized_classifiers_bias_stays_as_it_is()
    {
        using var network = NetworkFactory.Create(Parse(Backbones["rga"], "type: classification, classifier: { name: normalized }"));
        var frozen = network.named_parameters().Where(entry => !entry.parameter.requires_grad);
        Assert.Equal("feat_bn.bias", Assert.Single(frozen).name);
        Assert.DoesNotContain("cls.bias", StateDict.Of(network).Keys);
    }

    [Fact]
    public void The_plain_backbone_has_the_keys_of_torchvision_so_that_its_weights_load()
    {
        using var network = NetworkFactory.Create(Parse("{ name: resnet, depth: 50 }", "type: classification"));
        var keys = StateDict.Of(network);
        // torchvision's resnet50: 320 entries, 25,557,032 parameters.
        Assert.Equal(320, keys.Count);
        Assert.Equal(25_557_032, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal([64, 3, 7, 7], keys["conv1.weight"].shape);
        Assert.Equal([1024, 512, 1, 1], keys["layer3.0.downsample.0.weight"].shape);
        Assert.Equal([2048], keys["layer4.2.bn3.running_var"].shape);
        Assert.Equal([1000], keys["fc.bias"].shape);
    }

    [Theory]
    [InlineData("plain", "type: pose, head: { name: deconv, channels: [4] }", null)]
    [InlineData("non_local", "type: segmentation, head: { name: concat }", null)]
    [InlineData("rga", "type: classification, num_classes: 7", "backbone.")]
    public void A_plain_classification_networks_weights_load_as_a_backbone(string backbone, string network, string? into)
    {
        using var folder = new TemporaryFolder();
        using var plain = NetworkFactory.Create(Parse(Backbones["plain"], "type: classification"));
        SafeTensors.Write(folder["plain.safetensors"], StateDict.Of(plain));
        using var other = NetworkFactory.Create(Parse(Backbones[backbone], network));
        var report = WeightsLoader.Load(
            other, new() { Path = folder["plain.safetensors"], Strict = false, Into = into, Skip = ["fc.*"] });
        Assert.Empty(report.Unexpected);
        Assert.Empty(report.Misshapen);
        Assert.Equal(StateDict.Of(plain).Keys.Where(key => !key.StartsWith("fc.", StringComparison.Ordinal)).Select(key => into + key), report.Loaded);
        Assert.DoesNotContain(report.Missing, key => key.Contains(".conv", StringComparison.Ordinal));
        TensorAssert.Same(StateDict.Of(plain)["layer3.0.conv2.weight"], StateDict.Of(other)[$"{into}layer3.0.conv2.weight"]);
    }

    [Theory]
    [InlineData("type: classification, num_classes: 0", "model.num_classes is 0; must be at least 1")]
    [InlineData("type: classification, input_size: [224]", "model.input_size must be two numbers, each at least 1: height and width")]
    [InlineData("type: classification, classifier: { name: normalized, dropout: 1 }", "model.classifier.dropout is 1; must be at least 0 and below 1")]
    [InlineData("type: segmentation, head: { name: fcn, dropout: -1 }", "model.head.dropout is -1; must be at least 0 and below 1")]
    [InlineData("type: segmentation, head: { name: fcn }, auxiliary: { weight: -1, head: { name: fcn } }", "model.auxiliary.weight is -1; must be 0 or more")]
    [InlineData("type: segmentation, head: { name: fcn }, auxiliary: { head: { name: fcn, maps: [7] } }", "model.auxiliary has maps [7]; each must be 1 to 4, or -1 (the last) to -4, of the 4 that the backbone hands on")]
    public void What_cannot_be_is_told_with_its_place(string network, string problem)
    {
        var error = Assert.Throws<ConfigException>(() => Parse(Backbones["plain"], network));
        Assert.EndsWith(problem, error.Message);
    }

    private static ModelConfig Parse(string backbone, string network) =>
        ConfigReader.Parse<ModelFileConfig>($"model: {{ backbone: {backbone}, {network} }}", "test").Model;
}
