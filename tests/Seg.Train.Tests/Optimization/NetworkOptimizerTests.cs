using Seg.Models;
using Seg.Models.Networks;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Optimization;

public class NetworkOptimizerTests
{
    public static TheoryData<OptimizerConfig> Configs => new()
    {
        new OptimizerConfig { LearningRate = 0.1 },
        new OptimizerConfig { LearningRate = 0.1, Momentum = 0 },
        new OptimizerConfig { LearningRate = 0.1, Nesterov = true, DecayNormAndBias = false },
        new OptimizerConfig { Name = OptimizerName.Adamw, LearningRate = 0.01, WeightDecay = 0.05, DecayNormAndBias = false },
        new OptimizerConfig { Name = OptimizerName.Adam, LearningRate = 0.01, WeightDecay = 0.05 },
        new OptimizerConfig { LearningRate = 0.1, Rules = [new ParameterRule { Match = "norm.*", LearningRateFactor = 2, WeightDecayFactor = 0 }] },
    };

    [Theory]
    [MemberData(nameof(Configs))]
    public void State_that_is_saved_and_loaded_continues_bit_by_bit(OptimizerConfig config)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = new TinyNetwork();
        using var copy = new TinyNetwork();
        using var optimizer = new NetworkOptimizer(network, config);
        for (var step = 0; step < 3; step++)
            Update(network, optimizer, step);

        copy.load_state_dict(network.state_dict());
        using var restored = new NetworkOptimizer(copy, config);
        restored.Load(optimizer.State().ToDictionary(entry => entry.Key, entry => entry.Value.clone()));
        for (var step = 3; step < 6; step++)
        {
            Update(network, optimizer, step);
            Update(copy, restored, step);
        }

        TensorAssert.SameState(network, copy);
    }

    [Fact]
    public void Sgd_is_momentum_with_weight_decay_in_the_gradient()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(1, 1, hasBias: false);
        using (no_grad())
            layer.weight!.fill_(2);
        using var optimizer = new NetworkOptimizer(layer, new OptimizerConfig { LearningRate = 0.1, Momentum = 0.5, WeightDecay = 0.1 });
        for (var step = 0; step < 2; step++)
        {
            optimizer.ZeroGradients();
            layer.call(ones(1, 1)).sum().backward();   // gradient 1
            optimizer.Step();
        }

        // Gradient 1 + 0.1 · 2 = 1.2, weight 2 − 0.12 = 1.88; then gradient 1.188, buffer 0.6 + 1.188 = 1.788, weight 1.88 − 0.1788.
        Assert.Equal(1.7012, layer.weight!.item<float>(), 5);
    }

    [Fact]
    public void Weight_decay_can_leave_norms_and_biases_alone()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var config = new OptimizerConfig { LearningRate = 0.1, WeightDecay = 0.5, DecayNormAndBias = false };
        using var optimizer = new NetworkOptimizer(network, config);
        foreach (var (_, parameter) in network.named_parameters())
            (parameter * 0).sum().backward();
        optimizer.Step();

        foreach (var (name, parameter) in network.named_parameters())
            TensorAssert.Close(parameter.dim() > 1 ? before[name] * 0.95 : before[name], parameter, 1e-6);
    }

    [Fact]
    public void Rules_give_parameters_factors_of_their_own_and_the_last_that_matches_counts()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var config = new OptimizerConfig
        {
            LearningRate = 1,   // not the rate of the step, which comes from the schedule
            Momentum = 0,
            WeightDecay = 0.5,
            Rules =
            [
                new ParameterRule { Match = "*.weight", LearningRateFactor = 2 },
                new ParameterRule { Match = "norm.*", LearningRateFactor = 3, WeightDecayFactor = 0 },
                new ParameterRule { Match = "classifier.bias", LearningRateFactor = 0 },
            ],
        };
        using var optimizer = new NetworkOptimizer(network, config);
        optimizer.LearningRate = 0.1;
        foreach (var (_, parameter) in network.named_parameters())
            parameter.sum().backward();   // gradient 1
        optimizer.Step();

        foreach (var (name, parameter) in network.named_parameters())
        {
            var (rate, decay) = name switch
            {
                "conv.weight" or "classifier.weight" => (0.2, 0.5),
                "norm.weight" or "norm.bias" => (0.3, 0),
                _ => (0.0, 0.5),
            };
            TensorAssert.Close(before[name] - rate * (1 + decay * before[name]), parameter, 1e-6);
        }
    }

    [Fact]
    public void The_backbone_learns_at_its_share_of_the_rate()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(TestConfigs.Tiny().Model);
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var config = new OptimizerConfig { LearningRate = 0.1, Momentum = 0, WeightDecay = 0, BackboneFactor = 0.5 };
        using var optimizer = new NetworkOptimizer(network, config);
        foreach (var parameter in network.parameters())
            parameter.sum().backward();
        optimizer.Step();

        Assert.Contains(network.named_parameters(), entry => entry.name.StartsWith("head.", StringComparison.Ordinal));
        foreach (var (name, parameter) in network.named_parameters())
            TensorAssert.Close(before[name] - (name.StartsWith("head.", StringComparison.Ordinal) ? 0.1 : 0.05), parameter, 1e-6);
    }

    [Fact]
    public void A_rule_that_matches_nothing_and_a_factor_without_a_backbone_are_refused()
    {
        using var network = new TinyNetwork();
        var rules = new OptimizerConfig { Rules = [new ParameterRule { Match = "haed.*" }] };
        var error = Assert.Throws<InputException>(() => new NetworkOptimizer(network, rules));
        Assert.Contains("'haed.*' matches no parameter", error.Message, StringComparison.Ordinal);
        Assert.Contains("conv.weight", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InputException>(() => new NetworkOptimizer(network, new OptimizerConfig { BackboneFactor = 0.1 }));
        Assert.Contains("backbone_factor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frozen_parts_stay_and_their_norms_no_longer_follow_the_batches()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        network.train();
        Freezing.Apply(network, new FreezeConfig { Parameters = ["conv.*", "norm.*"] });
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        using var optimizer = new NetworkOptimizer(network, new OptimizerConfig { LearningRate = 0.1 });
        Update(network, optimizer, seed: 1);

        foreach (var (name, value) in network.state_dict())
            Assert.Equal(name.StartsWith("classifier", StringComparison.Ordinal), value.ne(before[name]).any().item<bool>());
    }

    [Fact]
    public void Frozen_norms_may_go_on_following_the_batches()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        network.train();
        Freezing.Apply(network, new FreezeConfig { Parameters = ["norm.*"], NormsInEvaluation = false });
        var before = network.state_dict()["norm.running_mean"].clone();
        using var optimizer = new NetworkOptimizer(network, new OptimizerConfig { LearningRate = 0.1 });
        Update(network, optimizer, seed: 1);

        Assert.False(before.allclose(network.state_dict()["norm.running_mean"]));
        TensorAssert.Close(ones(8), network.state_dict()["norm.weight"], tolerance: 0);
    }

    [Fact]
    public void Freezing_nothing_that_there_is_or_all_there_is_is_refused()
    {
        using var network = new TinyNetwork();
        var error = Assert.Throws<InputException>(() => Freezing.Apply(network, new FreezeConfig { Parameters = ["stage2.*"] }));
        Assert.Contains("train.freeze.parameters", error.Message, StringComparison.Ordinal);
        Freezing.Apply(network, new FreezeConfig { Parameters = ["*"] });
        error = Assert.Throws<InputException>(() => new NetworkOptimizer(network, new OptimizerConfig()));
        Assert.Contains("no parameter to train", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_that_are_no_finite_numbers_are_found_wherever_they_are()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        using var optimizer = new NetworkOptimizer(network, new OptimizerConfig());
        foreach (var parameter in network.parameters())
            parameter.sum().backward();
        Assert.True(optimizer.ScaleFiniteGradients(1));
        var gradient = network.named_parameters().Single(entry => entry.name == "norm.bias").parameter.grad!;
        gradient.narrow(0, 2, 1).fill_(float.PositiveInfinity);
        Assert.False(optimizer.ScaleFiniteGradients(1));
        gradient.narrow(0, 3, 1).fill_(float.NegativeInfinity);
        Assert.False(optimizer.ScaleFiniteGradients(1));
    }

    [Fact]
    public void Gradients_are_scaled_to_the_norm_asked_for()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(4, 1, hasBias: false);
        using var optimizer = new NetworkOptimizer(layer, new OptimizerConfig { LearningRate = 1, Momentum = 0, WeightDecay = 0 });
        (layer.weight!.sum() * 3).backward();   // four gradients of 3: norm 6

        Assert.Equal(6, optimizer.ClipGradients(2), 4);
        TensorAssert.Close(ones(1, 4), layer.weight!.grad!, 1e-4);
    }

    [Fact]
    public void State_of_another_optimizer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        using var sgd = new NetworkOptimizer(network, new OptimizerConfig());
        using var adam = new NetworkOptimizer(network, new OptimizerConfig { Name = OptimizerName.Adamw });
        Update(network, sgd, seed: 0);

        var error = Assert.Throws<InputException>(() => adam.Load(sgd.State()));
        Assert.Contains("step/conv.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("train.optimizer.name", error.Message, StringComparison.Ordinal);
    }

    private static void Update(TinyNetwork network, NetworkOptimizer optimizer, long seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        optimizer.ZeroGradients();
        network.call(randn([2, 3, 16, 16], generator: generator))[0].square().mean().backward();
        optimizer.Step();
    }
}
