using Seg.Train.Optimization;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Optimization;

public class WeightAverageTests
{
    [Fact]
    public void Each_update_goes_the_rest_of_the_decay_towards_the_weights()
    {
        using var scope = NewDisposeScope();
        using TinyNetwork network = new(), copy = new();
        var average = new WeightAverage(network, copy, new AverageConfig { Decay = 0.9, WarmupSteps = 0 });
        TensorAssert.SameState(network, copy);
        var expected = network.Weight.detach().clone().to_type(ScalarType.Float64);
        for (var step = 0; step < 4; step++)
        {
            using (no_grad())
                network.Weight.add_(step + 1);
            average.Update();
            expected = 0.9 * expected + 0.1 * network.Weight.detach().to_type(ScalarType.Float64);
        }

        TensorAssert.Close(expected, copy.Weight, 1e-6);
        Assert.Equal(4, average.Updates);
        Assert.All(copy.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void While_warming_up_the_first_weights_are_soon_forgotten()
    {
        using var scope = NewDisposeScope();
        using TinyNetwork network = new(), copy = new();
        var average = new WeightAverage(network, copy, new AverageConfig { Decay = 0.9, WarmupSteps = 10 });
        using (no_grad())
        {
            network.Weight.fill_(0);
            copy.Weight.fill_(1);
        }
        average.Update();

        TensorAssert.Close(full_like(copy.Weight, 0.9 * (1 - Math.Exp(-0.1))), copy.Weight, 1e-6);
    }

    [Fact]
    public void Running_statistics_are_averaged_and_counters_copied()
    {
        using var scope = NewDisposeScope();
        using TinyNetwork network = new(), copy = new();
        var average = new WeightAverage(network, copy, new AverageConfig { Decay = 0.5, WarmupSteps = 0 });
        network.train();
        network.call(randn(2, 3, 16, 16));
        average.Update();

        TensorAssert.Close(network.state_dict()["norm.running_mean"] / 2, copy.state_dict()["norm.running_mean"], 1e-6);
        Assert.Equal(1, copy.state_dict()["norm.num_batches_tracked"].item<long>());
    }
}
