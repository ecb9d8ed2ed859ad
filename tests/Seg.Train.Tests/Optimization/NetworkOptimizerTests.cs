using Seg.Models;
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
