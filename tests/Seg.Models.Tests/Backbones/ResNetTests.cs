using System.Text.Json;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Backbones;

public class ResNetTests
{
    [ReferenceTheory]
    [InlineData("spnet_r50", "spnet50_150classes", 150)]
    [InlineData("spnet_r101", "spnet101_150classes", 150)]
    [InlineData("spnet_r101", "spnet101_19classes", 19)]
    [InlineData("pose_resnet50", "pose_resnet50", 17)]
    [InlineData("pose_resnet101", "pose_resnet101", 17)]
    [InlineData("pose_resnet152", "pose_resnet152", 17)]
    [InlineData("rga_resnet50", "rga_resnet50_rgasc", 767)]
    public void Has_the_authors_keys_shapes_and_parameters_in_their_order_and_costs_as_much(string model, string facts, int classes) =>
        AssertAuthorsNetwork(facts, Config(model, $"model.num_classes={classes}"));

    [ReferenceTheory]
    [InlineData("rga_resnet50_rgas", true, false)]
    [InlineData("rga_resnet50_rgac", false, true)]
    public void Relation_aware_attention_of_positions_or_channels_alone_is_the_authors_too(string facts, bool spatial, bool channel)
    {
        var config = (ClassificationConfig)Config("rga_resnet50");
        var backbone = (ResNetConfig)config.Backbone;
        AssertAuthorsNetwork(facts, config with
        {
            Backbone = backbone with
            {
                Placements = [.. backbone.Placements.Select(placement =>
                    placement with { Block = (RgaConfig)placement.Block with { Spatial = spatial, Channel = channel } })],
            },
        });
    }

    [ReferenceTheory]
    [InlineData("sknet50", "sknet50_layers")]
    [InlineData("sknet101", "sknet101_layers")]
    public void Sknet_has_the_layers_of_the_authors_description_in_their_order(string model, string file)
    {
        var facts = Facts(file);
        using var network = NetworkFactory.Create(Config(model));
        var cost = NetworkCost.Measure(network, (224, 224));
        // Columns: name, kind, input, in, out, kernel, stride, pad, dilation, groups, bias, output shape.
        var expected = from layer in facts.GetProperty("layers").EnumerateArray()
                       where layer[1].GetString() is "conv" or "linear"
                       let weights = layer[3].GetInt64() * layer[4].GetInt64() * layer[5].GetInt64() * layer[5].GetInt64() / layer[9].GetInt64()
                       select (weights + (layer[10].GetBoolean() ? layer[4].GetInt64() : 0), string.Join("x", layer[11].EnumerateArray()));
        var actual = from module in cost.Modules
                     where module.Type is "Conv2d" or "Linear"
                     let extents = module.OutputShape.Skip(1).Concat(Enumerable.Repeat(1L, 4 - module.OutputShape.Count))
                     select (module.Parameters, string.Join("x", extents));
        Assert.Equal(expected, actual);
        Assert.Equal(facts.GetProperty("parameters").GetInt64(), cost.Parameters);
        Assert.Equal(facts.GetProperty("multiply_adds_conv_linear").GetInt64(), cost.MultiplyAdds);
    }

    [ReferenceFact]
    public void Spnets_last_stage_and_head_agree_with_the_authors()
    {
        var config = ConfigReader.Read<ModelFileConfig>(
            Path.Combine(SharedFiles.RepositoryRoot, "tests", "Seg.Models.Tests", "References", "spnet_small.yaml")).Model;
        using var reference = ReferenceCase.Shared("spnet_small");
        using var network = NetworkFactory.Create(config);
        Assert.Equal(reference.Weights.Keys, StateDict.Of(network).Keys);
        StateDict.Load(network, reference.Weights, "the reference");
        network.eval();
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var input = reference.Tensors["input"];
        TensorAssert.Close(reference.Tensors["output"], network.CallAsPublished(input).Single(), reference.OutputTolerance, "The output");

        Assert.Equal(reference.Description.GetProperty("parameters").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(
            reference.Description.GetProperty("multiply_adds_conv_linear").GetInt64(), NetworkCost.Measure(network, input.shape).MultiplyAdds);

        using var prepared = InferenceNetwork.Prepare(network, config, CPU, ScalarType.Float32);
        TensorAssert.Close(reference.Tensors["output"], prepared.CallAsPublished(input).Single(), reference.OutputTolerance, "The folded output");
    }

    [Theory]
    [InlineData("{ name: resnet, depth: 50 }", "256/4 512/8 1024/16 2048/32")]
    [InlineData("{ name: resnet, depth: 50, strides: [1, 2, 1, 1] }", "256/4 512/8 1024/8 2048/8")]
    [InlineData("{ name: resnet, units_per_stage: [1, 1, 0, 0], width: 8, out_channels: 24 }", "24/4 48/8")]
    [InlineData("{ name: resnet, units_per_stage: [0, 0, 0, 1], stem: none, in_channels: 32, in_stride: 8, width: 2, strides: [1, 1, 1, 2] }", "64/16")]
    public void Says_which_maps_it_hands_on(string backbone, string maps)
    {
        using var resnet = BackboneFactory.Create(Backbone(backbone), alignCorners: true);
        Assert.Equal(maps, string.Join(' ', resnet.Maps.Select(map => $"{map.Channels}/{map.Stride}")));
    }

    [Theory]
    [InlineData("padded", 97, 161, 25, 41)]
    [InlineData("rounded_up", 97, 161, 24, 40)]
    [InlineData("padded", 96, 160, 24, 40)]
    [InlineData("rounded_up", 96, 160, 24, 40)]
    public void Its_maps_have_the_sizes_that_the_stems_pooling_gives(string pooling, int height, int width, int mapHeight, int mapWidth)
    {
        using var scope = NewDisposeScope();
        using var resnet = BackboneFactory.Create(
            Backbone($"{{ name: resnet, units_per_stage: [1, 1, 1, 1], width: 2, stem_pooling: {pooling} }}"), alignCorners: true);
        var maps = resnet.call(zeros([1, 3, height, width]));
        for (var i = 0; i < 4; i++)
            Assert.Equal([1, 8 << i, (mapHeight + (1 << i) - 1) >> i, (mapWidth + (1 << i) - 1) >> i], maps[i].shape);
    }

    [Fact]
    public void Dilation_keeps_the_size_and_widens_what_a_position_sees()
    {
        using var scope = NewDisposeScope();
        using var resnet = BackboneFactory.Create(
            Backbone("{ name: resnet, units_per_stage: [1, 1, 2, 3], width: 4, stem: deep, strides: [1, 2, 1, 1], "
                + "dilations: [[1], [1], [1, 2], [4, 8, 16]] }"), alignCorners: true);
        var maps = resnet.call(zeros([1, 3, 65, 129]));
        Assert.Equal([[1, 16, 17, 33], [1, 32, 9, 17], [1, 64, 9, 17], [1, 128, 9, 17]], maps.Select(map => map.shape));

        random.manual_seed(0);
        var images = randn([1, 3, 8, 1024]).requires_grad_();
        resnet.eval();
        resnet.call(images)[3].narrow(3, 64, 1).sum().backward();
        var gradient = images.grad!.abs().sum([0, 1, 2]);
        var seen = Enumerable.Range(0, 1024).Where(column => gradient[column].item<float>() > 0).ToArray();
        // In positions of 8 pixels to either side: 1 of stage 2's reach is its own, then 1, 2, 4, 8 and 16 of the dilated units.
        Assert.InRange(seen[^1] - seen[0], 2 * 8 * (1 + 2 + 4 + 8 + 16), 2 * 8 * (1 + 2 + 4 + 8 + 16 + 4));
    }

    [Fact]
    public void A_block_after_a_unit_leaves_the_units_keys_as_they_are()
    {
        using var network = NetworkFactory.Create(Config("nonlocal_resnet50"));
        var keys = StateDict.Of(network).Keys.ToHashSet();
        using var plain = NetworkFactory.Create(new ClassificationConfig { Backbone = Backbone("{ name: resnet, depth: 50 }") });
        Assert.Subset(keys, StateDict.Of(plain).Keys.ToHashSet());
        string[] owners = [.. keys.Where(key => key.EndsWith("non_local.g.0.weight", StringComparison.Ordinal)).Order()];
        Assert.Equal(["layer2.1", "layer2.3", "layer3.1", "layer3.3", "layer3.5"], owners.Select(key => key[.."layer2.1".Length]));
    }

    [Fact]
    public void Starts_as_the_authors_do()
    {
        random.manual_seed(0);
        using var network = NetworkFactory.Create(Config("pose_resnet50"));
        var parameters = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        Assert.InRange(Deviation("layer3.0.conv2.weight") / Math.Sqrt(2.0 / (256 * 9)), 0.99, 1.01);
        Assert.InRange(Deviation("deconv_layers.3.weight"), 0.00099, 0.00101);
        Assert.InRange(Deviation("final_layer.weight"), 0.00095, 0.00105);
        Assert.Equal(0, parameters["final_layer.bias"].detach().abs().max().item<float>());

        double Deviation(string name) => parameters[name].detach().std().item<float>();
    }

    private static void AssertAuthorsNetwork(string file, ModelConfig config)
    {
        var facts = Facts(file);
        using var network = NetworkFactory.Create(config);
        var expected = facts.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0]} [{string.Join(", ", entry[1].EnumerateArray())}] {entry[2]}");
        var actual = StateDict.Of(network).Select(entry =>
            $"{entry.Key} [{string.Join(", ", entry.Value.shape)}] {entry.Value.dtype.ToString().ToLowerInvariant()}");
        Assert.Equal(expected, actual);
        Assert.Equal(facts.GetProperty("parameters").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(
            facts.GetProperty("trainable_parameters").GetInt64(),
            network.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()));
        foreach (var count in facts.GetProperty("counts").EnumerateArray())
        {
            long[] shape = [.. count.GetProperty("input_shape").EnumerateArray().Select(extent => extent.GetInt64())];
            Assert.Equal(count.GetProperty("multiply_adds_conv_linear").GetInt64(), NetworkCost.Measure(network, shape).MultiplyAdds);
        }
    }

    private static JsonElement Facts(string name) =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.Reference("keys", $"{name}.json"))).RootElement;

    private static ModelConfig Config(string name, params string[] overrides) =>
        ConfigReader.Read<ModelFileConfig>(Path.Combine(SharedFiles.RepositoryRoot, "configs", "models", $"{name}.yaml"), overrides).Model;

    private static ResNetConfig Backbone(string text) =>
        (ResNetConfig)((ClassificationConfig)ConfigReader.Parse<ModelFileConfig>(
            $"model: {{ type: classification, backbone: {text} }}", "test").Model).Backbone;
}
