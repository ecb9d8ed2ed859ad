using System.Text.Json;
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

    [ReferenceFact]
    public void Agrees_with_the_authors_network()
    {
        using var reference = ReferenceCase.Shared("seg_hrnet_small");
        using var network = NetworkFactory.Create(Config("seg_hrnet_w18s"));
        Assert.Equal(reference.Weights.Keys, StateDict.Of(network).Keys);
        StateDict.Load(network, reference.Weights, "the reference");
        network.eval();

        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var seen = new Dictionary<string, Tensor>();
        Watch(network, prefix: "", seen);
        var output = network.call(reference.Tensors["input"]).Single();

        FirstDisagreement(reference.Description.GetProperty("taps"), seen, atLeast: 25);
        TensorAssert.Close(reference.Tensors["output"], output, reference.OutputTolerance, "The output");
    }

    [ReferenceTheory]
    [InlineData("seg_hrnet_w18s", "seg_hrnet_small/case.json")]
    [InlineData("seg_hrnet_w18", "keys/seg_hrnet_w18.json")]
    [InlineData("seg_hrnet_w32", "keys/seg_hrnet_w32.json")]
    [InlineData("seg_hrnet_w48", "keys/seg_hrnet_w48.json")]
    public void Has_the_authors_keys_shapes_and_parameters_in_their_order(string model, string file)
    {
        var facts = JsonDocument.Parse(File.ReadAllText(SharedFiles.Reference(file))).RootElement;
        using var network = NetworkFactory.Create(Config(model));
        var expected = facts.GetProperty("state_dict").EnumerateArray()
            .Select(entry => $"{entry[0]} [{string.Join(", ", entry[1].EnumerateArray())}] {entry[2]}");
        var actual = StateDict.Of(network).Select(entry =>
            $"{entry.Key} [{string.Join(", ", entry.Value.shape)}] {entry.Value.dtype.ToString().ToLowerInvariant()}");
        Assert.Equal(expected, actual);
        Assert.Equal(facts.GetProperty("parameters").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));
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
