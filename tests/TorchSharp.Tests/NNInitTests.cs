using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class NNInitTests
{
    private static (double Mean, double Deviation, double Largest) Describe(Tensor tensor)
    {
        double[] values = Read(tensor);
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), values.Max(Math.Abs));
    }

    [Fact]
    public void Constants_are_written_into_parameters_without_a_gradient()
    {
        using var parameter = Parameter(empty(3, dtype: float64));
        Assert.Same(parameter, init.constant_(parameter, 2.5));
        Close([2.5, 2.5, 2.5], parameter);
        Close([1, 1, 1], init.ones_(parameter));
        Close([0, 0, 0], init.zeros_(parameter));
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
    }

    [Fact]
    public void The_fans_count_the_window()
    {
        using var weight = empty(8, 4, 3, 5);
        Assert.Equal((4 * 15, 8 * 15), init.CalculateFanInAndFanOut(weight));
        using var flat = empty(8);
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(flat));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU), 12);
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2), 12);
    }

    [Fact]
    public void Random_values_have_the_spread_that_the_fans_ask_for()
    {
        manual_seed(1);
        using var weight = empty(64, 32, 3, 3, dtype: float64); // fan in 288, fan out 576; 18432 values
        void Normal(double deviation, Tensor filled)
        {
            var (mean, found, _) = Describe(filled);
            Assert.InRange(mean, -0.05 * deviation, 0.05 * deviation);
            Assert.InRange(found, 0.97 * deviation, 1.03 * deviation);
        }
        void Uniform(double bound, Tensor filled)
        {
            var (_, found, largest) = Describe(filled);
            Assert.InRange(largest, 0.99 * bound, bound);
            Assert.InRange(found, 0.97 * bound / Math.Sqrt(3), 1.03 * bound / Math.Sqrt(3));
        }
        Normal(Math.Sqrt(2.0 / 576), init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU));
        Normal(Math.Sqrt(2.0 / 288), init.kaiming_normal_(weight));
        Normal(Math.Sqrt(2.0 / 864), init.xavier_normal_(weight));
        Normal(0.5, init.normal_(weight, 0, 0.5));
        Uniform(Math.Sqrt(6.0 / 288), init.kaiming_uniform_(weight));
        Uniform(2 * Math.Sqrt(6.0 / 864), init.xavier_uniform_(weight, 2));
        Uniform(0.3, init.uniform_(weight, -0.3, 0.3));
    }

    [Fact]
    public void A_truncated_normal_distribution_stays_inside()
    {
        manual_seed(1);
        using var weight = empty(20000, dtype: float64);
        var (mean, deviation, largest) = Describe(init.trunc_normal_(weight, 0, 2, -2, 2)); // one deviation to each side
        Assert.InRange(largest, 1.99, 2.0);
        Assert.InRange(mean, -0.03, 0.03);
        Assert.InRange(deviation, 2 * 0.5396 * 0.98, 2 * 0.5396 * 1.02); // √(1 - 2 φ(1) / (2 Φ(1) - 1)) = 0.5396
    }

    [Fact]
    public void A_generator_given_is_the_one_that_is_drawn_from()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        using var x = empty(5);
        using var y = empty(5);
        init.normal_(x, generator: first);
        init.normal_(y, generator: second);
        Assert.Equal(Read(x), Read(y));
    }

    [Fact]
    public void New_layers_are_those_of_pytorch_at_the_same_seed()
    {
        // torch.manual_seed(0); m = torch.nn.Conv2d(1, 1, (1, 2)); print(m.weight, m.bias); PyTorch 1.13 on the CPU
        manual_seed(0);
        using var conv = Conv2d(1, 1, (1, 2));
        Close([-0.005293981172144413, 0.37932288646697998], conv.weight, 1e-6);
        Close([-0.58198076486587524], conv.bias!, 1e-6);
        var (_, _, largest) = Describe(Linear(16, 400).weight);
        Assert.InRange(largest, 0.24, 0.25);
    }
}
