using System.Text.Json;
using Seg.Models.Backbones;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Backbones;

public class HRNetTests
{
    private static ModelConfig Config(string name, params string[] overrides) =>
        ConfigReader.Read<ModelFileConfig>(Path.Combine(SharedFiles.RepositoryRoot, "configs", "models", $"{name}.yaml"), overrides).Model;

    [ReferenceTheory]
    [InlineData("seg_hrnet_w18s", "seg_hrnet_small", 25)]
    [InlineData("seg_hrnet_ocr_w18s", "seg_hrnet_ocr_small", 30)]
    [InlineData("pose_hrnet_w16s", "pose_hrnet_small", 25)]
    public void Agrees_with_the_authors_network(string model, string name, int results)
    {
        using var reference = ReferenceCase.Shared(name);
        using var network = NetworkFactory.Create(Config(model));
        Assert.Equal(reference.Weights.Keys, StateDict.Of(network).Keys);
        StateDict.Load(network, reference.Weights, "the reference");
        network.eval();

        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var seen = new Dictionary<string, Tensor>();
        Watch(network, prefix: "", seen);
        var outputs = network.call(reference.Tensors["input"]);

        FirstDisagreement(reference.Description.GetProperty("taps"), seen, results);
        string[] expected = outputs.Length == 1 ? ["output"] : [.. outputs.Select((_, i) => $"output_{i}")];
        foreach (var (output, key) in outputs.Zip(expected))
            TensorAssert.Close(reference.Tensors[key], output, reference.OutputTolerance, key);
        TensorAssert.Close(outputs[network.MainOutput], network.Predict(reference.Tensors["input"]), 0, "The prediction");
    }

    [ReferenceTheory]
    [InlineData("seg_hrnet_w18s", "seg_hrnet_small")]
    [InlineData("seg_hrnet_w18")]
    [InlineData("seg_hrnet_w32")]
    [InlineData("seg_hrnet_w48")]
    [InlineData("seg_hrnet_ocr_w18s", "seg_hrnet_ocr_small")]
    [InlineData("seg_hrnet_ocr_w18")]
    [InlineData("seg_hrnet_ocr_w32")]
    [InlineData("seg_hrnet_ocr_w48")]
    [InlineData("pose_hrnet_w16s", "pose_hrnet_small")]
    [InlineData("pose_hrnet_w32")]
    [InlineData("pose_hrnet_w48")]
    public void Has_the_authors_keys_shapes_and_parameters_in_their_order_and_costs_as_much(string model, string? name = null)
    {
        var facts = JsonDocument.Parse(File.ReadAllText(
            name is null ? SharedFiles.Reference("keys", $"{model}.json") : SharedFiles.Reference(name, "case.json"))).RootElement;
        using var network = NetworkFactory.Create(Config(model));
        var expected = facts.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0]} [{string.Join(", ", entry[1].EnumerateArray())}] {entry[2]}");
        var actual = StateDict.Of(network).Select(entry =>
            $"{entry.Key} [{string.Join(", ", entry.Value.shape)}] {entry.Value.dtype.ToString().ToLowerInvariant()}");
        Assert.Equal(expected, actual);
        Assert.Equal(facts.GetProperty("parameters").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));

        // A network's cost is a constant (what OCR does to its regions) plus a part in proportion to the image's area: two small images tell
        // both, exactly.
        const long Area = 64 * 64;
        var small = NetworkCost.Measure(network, (64, 64)).MultiplyAdds;
        var perArea = NetworkCost.Measure(network, (64, 128)).MultiplyAdds - small;
        JsonElement[] counts = name is null ? [.. facts.GetProperty("counts").EnumerateArray()] : [facts];
        foreach (var count in counts)
        {
            var shape = count.GetProperty("input_shape").EnumerateArray().Select(extent => extent.GetInt64()).ToArray();
            Assert.Equal(
                count.GetProperty("multiply_adds_conv_linear").GetInt64() - small, perArea * (shape[2] * shape[3] - Area) / Area);
        }
    }

    [Theory]
    [InlineData(64, 96)]
    [InlineData(65, 33)]
    [InlineData(90, 119)]
    public void Takes_images_of_any_size(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("seg_hrnet_w18s", "model.backbone.width=4"));
        network.eval();
        var output = network.call(randn([1, 3, height, width])).Single();
        Assert.Equal([1, 19, (height + 3) / 4, (width + 3) / 4], output.shape);
    }

    [Theory]
    [InlineData(96, 97, "Width 97 is not a multiple of 32, which nearest interpolation between the branches needs; resize or pad to 128.")]
    [InlineData(100, 64, "Height 100 is not a multiple of 32, which nearest interpolation between the branches needs; resize or pad to 128.")]
    public void Nearest_interpolation_takes_multiples_of_32_alone(int height, int width, string message)
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("pose_hrnet_w16s", "model.backbone.width=4"));
        Assert.Equal(message, Assert.Throws<InputException>(() => network.call(zeros([1, 3, height, width]))).Message);
    }

    [Fact]
    public void The_last_fusion_may_be_into_the_finest_branch_alone()
    {
        var config = (HRNetConfig)((PoseConfig)Config("pose_hrnet_w16s")).Backbone;
        using var scope = NewDisposeScope();
        using var backbone = new HRNet(
            4, 4, [1, 1, 1, 1], [1, 1, 2], alignCorners: true, config.Interpolation, config.LastFusion);
        Assert.Equal(new FeatureMap(4, 4), Assert.Single(backbone.Maps));
        Assert.Equal([1, 4, 8, 16], Assert.Single(backbone.call(zeros([1, 3, 32, 64]))).shape);
        var targets = StateDict.Of(backbone).Keys.Where(key => key.Contains("fuse_layers")).Select(key => key.Split('.')[..4]).ToArray();
        Assert.Equal(["0", "1", "2", "3"], targets.Where(key => key is ["stage4", "0", ..]).Select(key => key[3]).Distinct());
        Assert.Equal(["0"], targets.Where(key => key is ["stage4", "1", ..]).Select(key => key[3]).Distinct());
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_while_training()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("seg_hrnet_w18s", "model.backbone.width=4", "model.initialization=kaiming"));
        network.train();
        network.call(randn([2, 3, 64, 64])).Single().square().sum().backward();
        // A bias before a norm that subtracts the batch's mean has no effect: its gradient is zero up to rounding.
        Assert.All(network.named_parameters().Where(entry => entry.name != "last_layer.0.bias"), entry =>
            Assert.True(entry.parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0, $"{entry.name} has none."));
    }

    [Fact]
    public void Starts_as_the_authors_do()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("seg_hrnet_w18s"));
        Assert.All(network.named_parameters().Where(entry => entry.parameter.dim() == 4 && entry.parameter.numel() > 5000), entry =>
            Assert.InRange(entry.parameter.detach().std().item<float>(), 0.00095f, 0.00105f));
    }

    [Fact]
    public void The_pose_network_starts_as_its_authors_do()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("pose_hrnet_w16s"));
        var final = network.get_parameter("final_layer.weight")!.detach();
        Assert.InRange(final.std().item<float>(), 0.0008f, 0.0012f);
        Assert.All(network.named_parameters().Where(entry => entry.name.EndsWith("bias")), entry =>
            Assert.Equal(0, entry.parameter.detach().abs().max().item<float>()));
    }

    [Fact]
    public void The_OCR_head_starts_as_PyTorch_makes_it()
    {
        random.manual_seed(0);
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(Config("seg_hrnet_ocr_w18s"));
        // Uniform within ±1 / √(inputs · kernel elements), so with a deviation of that over √3.
        var weight = network.get_parameter("conv3x3_ocr.0.weight")!.detach();
        Assert.InRange(weight.std().item<float>() * Math.Sqrt(3 * 270 * 9), 0.98, 1.02);
    }

    [Fact]
    public void The_same_seed_draws_the_same_network()
    {
        random.manual_seed(7);
        using var first = NetworkFactory.Create(Config("seg_hrnet_w18s"));
        random.manual_seed(7);
        using var second = NetworkFactory.Create(Config("seg_hrnet_w18s"));
        foreach (var ((name, expected), (_, actual)) in StateDict.Of(first).Zip(StateDict.Of(second)))
            TensorAssert.Same(expected, actual, name);
    }

    /// <summary>Notes what every module of the network gives, under the name that the reference has for it.</summary>
    private static void Watch(Module module, string prefix, Dictionary<string, Tensor> seen)
    {
        foreach (var (childName, child) in module.named_children())
        {
            var name = prefix + childName;
            if (child is Module<Tensor, Tensor> single)
                single.register_forward_hook((_, _, output) => { seen[name] = output.clone().DetachFromDisposeScope(); return output; });
            if (child is Module<Tensor[], Tensor> merging)
                merging.register_forward_hook((_, _, output) => { seen[name] = output.clone().DetachFromDisposeScope(); return output; });
            if (child is Module<Tensor[], Tensor[]> several)
                several.register_forward_hook((_, _, outputs) =>
                {
                    for (var i = 0; i < outputs.Length; i++)
                        seen[$"{name}[{i}]"] = outputs[i].clone().DetachFromDisposeScope();
                    return outputs;
                });
            Watch(child, $"{name}.", seen);
        }
    }

    /// <summary>Walks down the reference's list of intermediate results; those inside a fused unit are not seen, and left out.</summary>
    private static void FirstDisagreement(JsonElement taps, Dictionary<string, Tensor> seen, int atLeast)
    {
        var compared = 0;
        foreach (var tap in taps.EnumerateArray())
        {
            var name = tap.GetProperty("module").GetString()!;
            if (!seen.TryGetValue(name, out var tensor))
                continue;
            compared++;
            var scale = tap.GetProperty("max_abs").GetDouble();
            Assert.Equal(tap.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt64()), tensor.shape);
            Agree("mean", tensor.mean().item<float>());
            Agree("std", tensor.std().item<float>());
            Agree("max_abs", tensor.abs().max().item<float>());
            var first = tensor.flatten();
            foreach (var (value, i) in tap.GetProperty("first").EnumerateArray().Select((value, i) => (value.GetDouble(), i)))
            {
                var actual = first[i].item<float>();
                Assert.True(Math.Abs(value - actual) < 1e-4 * scale, $"{name}: value {i} is {actual}, not {value}.");
            }

            void Agree(string statistic, double actual) => Assert.True(
                Math.Abs(tap.GetProperty(statistic).GetDouble() - actual) < 1e-4 * scale,
                $"{name} is the first result that disagrees: {statistic} {actual}, not {tap.GetProperty(statistic).GetDouble()}.");
        }
        Assert.True(compared >= atLeast, $"Only {compared} results were compared.");
    }
}
