using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class NNActivationTests
{
    private static readonly double[] Inputs = [-4, -1, -0.2, 0, 0.3, 1, 7];

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static readonly Dictionary<string, (Func<bool, Module<Tensor, Tensor>> Make, Func<double, double> Formula)> Cases = new()
    {
        ["relu"] = (inplace => ReLU(inplace), x => Math.Max(x, 0)),
        ["relu6"] = (inplace => ReLU6(inplace), x => Math.Clamp(x, 0, 6)),
        ["sigmoid"] = (inplace => Sigmoid(inplace), Logistic),
        ["tanh"] = (inplace => Tanh(inplace), Math.Tanh),
        ["silu"] = (inplace => SiLU(inplace), x => x * Logistic(x)),
        ["hardswish"] = (inplace => Hardswish(inplace), x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ["leaky_relu"] = (inplace => LeakyReLU(0.2, inplace), x => x > 0 ? x : 0.2 * x),
        ["gelu_tanh"] = (
            inplace => GELU(Modules.GELU.Approximate.tanh, inplace),
            x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_what_its_formula_says(string name)
    {
        var (make, formula) = Cases[name];
        double[] expected = [.. Inputs.Select(formula)];
        using var module = make(false);
        using var input = Values([Inputs.Length], Inputs);
        Close(expected, module.call(input));
        Close(Inputs, input);

        using var inPlace = make(true);
        using var output = inPlace.call(input);
        Close(expected, output);
        Close(expected, input);
        Assert.NotSame(input, output);
    }

    [Fact]
    public void Gelu_weighs_by_the_normal_distribution()
    {
        using var module = GELU();
        using var input = Values([3], -1, 0, 2);
        // Φ(-1) = 0.158655253931457, Φ(2) = 0.977249868051821
        Close([-0.158655253931457, 0, 1.954499736103642], module.call(input), 1e-12);
    }

    [Fact]
    public void Softmax_sums_to_one_along_its_dimension()
    {
        using var input = Values([1, 2, 1, 2], 1, 2, 3, 2);
        double share = Logistic(-2);
        using var channels = Softmax2d();
        Close([share, 0.5, 1 - share, 0.5], channels.call(input));
        using var last = Softmax(-1);
        Close([Logistic(-1), Logistic(1), Logistic(1), Logistic(-1)], last.call(input));
        using var logarithm = LogSoftmax(1);
        Close([Math.Log(share), Math.Log(0.5), Math.Log(1 - share), Math.Log(0.5)], logarithm.call(input));
        using var converted = functional.softmax(input, 1, float32);
        Assert.Equal(float32, converted.dtype);
    }

    [Fact]
    public void Dropout_zeroes_some_and_scales_the_rest_in_training_alone()
    {
        manual_seed(3);
        using var module = Dropout(0.25);
        using var input = ones(4000, dtype: float64);
        double[] output = Read(module.call(input));
        Assert.All(output, value => Assert.True(value == 0 || Math.Abs(value - 4.0 / 3) < 1e-12));
        Assert.InRange(output.Count(value => value == 0), 850, 1150); // 1000 expected, deviation 27
        module.eval();
        Assert.All(Read(module.call(input)), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Dropout2d_zeroes_whole_channels()
    {
        manual_seed(3);
        using var module = Dropout2d(0.5);
        using var input = ones(8, 16, 2, 2, dtype: float64);
        using var sums = module.call(input).sum([2, 3]);
        Assert.All(Read(sums), value => Assert.Contains(value, new[] { 0.0, 8.0 }));
        Assert.InRange(Read(sums).Count(value => value == 0), 40, 88); // of 128
    }

    [Fact]
    public void Shapes_are_flattened_and_unflattened()
    {
        using var input = Ramp(2, 3, 4);
        using var flat = Flatten().call(input);
        Assert.Equal([2, 12], flat.shape);
        using var back = Unflatten(1, [3, 4]).call(flat);
        Assert.Equal([2, 3, 4], back.shape);
        Close(Read(input), back);
    }

    [Fact]
    public void One_hot_marks_the_class()
    {
        using var classes = tensor(new long[] { 1, 0 });
        using var marked = functional.one_hot(classes, 3);
        Assert.Equal([2, 3], marked.shape);
        Close([0, 1, 0, 1, 0, 0], marked);
        using var wrong = zeros(2);
        Assert.Throws<ArgumentException>(() => functional.one_hot(wrong));
    }
}
