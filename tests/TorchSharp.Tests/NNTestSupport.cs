using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Comparisons and derivatives that the tests of modules and optimizers share. All in double, so that tolerances can be
/// narrow.</summary>
internal static class NNTestSupport
{
    /// <summary>A double tensor of the shape given, its values row-major.</summary>
    internal static Tensor Values(long[] shape, params double[] values) => tensor(values, shape, dtype: float64);

    /// <summary>0, 0.1, 0.2, … with the sign changing every third, so that neither relu nor a sum hides an error.</summary>
    internal static Tensor Ramp(params long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        return Values(shape, [.. Enumerable.Range(0, count).Select(i => (i % 3 == 2 ? -0.1 : 0.1) * i * (1 + 0.07 * (i % 5)))]);
    }

    internal static double[] Read(Tensor tensor)
    {
        using var values = tensor.detach().to(float64).cpu().contiguous();
        return values.data<double>().ToArray();
    }

    internal static void Close(double[] expected, Tensor actual, double tolerance = 1e-9)
    {
        double[] values = Read(actual);
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"Element {i} is {values[i]:R}, expected {expected[i]:R}.");
    }

    /// <summary>Compares each parameter's gradient of the sum of weighted outputs with central differences.</summary>
    internal static void GradientsMatchDifferences(nn.Module<Tensor, Tensor> module, Tensor input, double tolerance = 1e-6)
    {
        using var scope = NewDisposeScope();
        using var weights = Ramp(module.call(input).shape) + 0.3;
        double Loss() => (module.call(input) * weights).sum().item<double>();
        (module.call(input) * weights).sum().backward();
        foreach (var (name, parameter) in module.named_parameters())
        {
            double[] gradient = Read(parameter.grad!);
            using var flat = parameter.detach().view(-1);
            for (long i = 0; i < parameter.numel(); i++)
            {
                const double Step = 1e-5;
                using var withoutGradient = no_grad();
                using var element = flat[i];
                element.add_(Step);
                double above = Loss();
                element.add_(-2 * Step);
                double below = Loss();
                element.add_(Step);
                double expected = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(expected - gradient[i]) <= tolerance * Math.Max(1, Math.Abs(expected)),
                    $"{name}[{i}]: gradient {gradient[i]:R}, differences give {expected:R}.");
            }
        }
    }

    /// <summary>Runs twice and checks that the second time leaves as many native tensors as there were (the first fills caches).</summary>
    /// <remarks>Its test class belongs to the collection <see cref="Alone"/>.</remarks>
    internal static void LeavesNoTensors(Action action)
    {
        action();
        long before = Alone.LiveTensors(); // with nothing left to the finalizers that could go meanwhile
        action();
        Assert.Equal(before, TorchSharp.Interop.NativeTensors.Live);
    }

    /// <summary>A parameter of given values and gradient.</summary>
    internal static Parameter Learned(double[] values, double[]? gradient)
    {
        var parameter = new Parameter(Values([values.Length], values));
        if (gradient is not null)
            SetGradient(parameter, gradient);
        return parameter;
    }

    internal static void SetGradient(Parameter parameter, double[] gradient)
    {
        using var tensor = Values([gradient.Length], gradient);
        parameter.grad = tensor;
    }
}
