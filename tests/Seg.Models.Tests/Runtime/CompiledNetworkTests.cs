using Seg.Models.Runtime;
using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime;

public class CompiledNetworkTests
{
    /// <summary>Channels in and out, height, width, kernel height and width, stride, padding, dilation.</summary>
    public static TheoryData<int[]> Convolutions =>
    [
        [3, 18, 9, 70, 3, 3, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 0, 1], [18, 7, 5, 6, 3, 3, 1, 1, 1], [36, 72, 4, 64, 3, 3, 1, 1, 1], [5, 5, 33, 65, 3, 3, 1, 1, 1],
        [4, 64, 20, 130, 3, 3, 2, 1, 1], [17, 3, 7, 31, 3, 3, 2, 1, 1], [3, 8, 40, 97, 7, 7, 2, 3, 1], [6, 10, 12, 20, 7, 7, 1, 3, 1], [8, 6, 30, 90, 3, 3, 1, 4, 4],
        [8, 6, 16, 24, 3, 3, 1, 2, 2], [19, 270, 3, 81, 1, 1, 1, 0, 1], [270, 19, 8, 8, 1, 1, 1, 0, 1], [8, 4, 10, 66, 1, 1, 2, 0, 1], [6, 6, 5, 128, 1, 3, 1, 1, 1],
        [2, 12, 2, 200, 3, 3, 1, 1, 1],
    ];

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void A_convolution_of_any_shape_is_what_libtorch_says(int[] shape)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (image, weight, bias) = (randn(1, shape[0], shape[2], shape[3]), randn(shape[1], shape[0], shape[4], shape[5]), randn(shape[1]));
        Tensor Network(Tensor x) => functional.conv2d(x, weight, bias, [shape[6], shape[6]], [shape[7], shape[7]], [shape[8], shape[8]]);

        foreach (var type in Types())
        {
            (image, weight, bias) = (image.to_type(type), weight.to_type(type), bias.to_type(type));
            using var compiled = Compiled(Network, image);
            Assert.Equal(0, compiled.Steps.Torch);
            CheckTwice(Network, compiled, image, type == ScalarType.Float32 ? 1e-5 : 0.02);
        }
    }

    [Theory]
    [InlineData(40, 96, true)]
    [InlineData(40, 96, false)]
    [InlineData(7, 13, true)]
    [InlineData(9, 70, false)]
    public void Sums_of_maps_of_several_sizes_with_residuals_and_relu_are_what_libtorch_says(int height, int width, bool alignCorners)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var weights = Enumerable.Range(0, 4).Select(_ => randn(18, 18, 3, 3) * 0.1).ToArray();
        Tensor Network(Tensor x)
        {
            var fine = functional.conv2d(x, weights[0], padding: [1, 1]).relu();
            var half = functional.conv2d(fine, weights[1], strides: [2, 2], padding: [1, 1]).relu();
            var quarter = functional.conv2d(half, weights[2], strides: [2, 2], padding: [1, 1]);
            var block = functional.conv2d(fine, weights[3], padding: [1, 1]) + fine;
            var smooth = TorchRuntime.Current.SumUpsampled([block, half, quarter], bias: null, alignCorners, relu: true);
            return TorchRuntime.Current.SumUpsampledNearest([smooth, half], relu: false) + x;
        }

        foreach (var type in Types())
        {
            var image = randn(1, 18, height, width).to_type(type);
            weights = [.. weights.Select(weight => weight.to_type(type))];
            using var compiled = Compiled(Network, image);
            Assert.Equal(0, compiled.Steps.Torch);
            CheckTwice(Network, compiled, image, type == ScalarType.Float32 ? 1e-5 : 0.05);
        }
    }

    [Fact]
    public void Maps_that_stay_in_the_cache_between_two_steps_are_what_libtorch_says()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (first, second, third) = (randn(64, 6, 3, 3), randn(70, 64, 1, 1), randn(5, 70, 1, 1));
        Tensor Network(Tensor x) => functional.conv2d(functional.conv2d(functional.conv2d(x, first, padding: [1, 1]).relu(), second).relu(), third);
        var image = randn(1, 6, 60, 100);
        using var compiled = Compiled(Network, image);
        CheckTwice(Network, compiled, image, 1e-5);
    }

    [Fact]
    public void What_has_no_kernel_stays_libtorch_s()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (first, second) = (randn(8, 3, 3, 3), randn(4, 8, 1, 1));
        Tensor Network(Tensor x)
        {
            var map = functional.conv2d(x, first, padding: [1, 1]).relu();
            var gate = map.mean([2, 3], keepdim: true).sigmoid();
            return functional.conv2d(map * gate, second);
        }
        var image = randn(1, 3, 20, 30);
        using var compiled = Compiled(Network, image);
        Assert.True(compiled.Steps is { Native: > 0, Torch: > 0 }, $"{compiled.Steps}");
        CheckTwice(Network, compiled, image, 1e-5);
    }

    [Fact]
    public void A_value_that_is_written_in_place_keeps_what_it_was_for_those_who_read_it_before()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var weight = randn(4, 4, 3, 3);
        Tensor Network(Tensor x)
        {
            var map = functional.conv2d(x, weight, padding: [1, 1]);
            var doubled = map * 2;
            map.relu_();
            return map.exp_() + doubled;
        }
        var image = randn(1, 4, 10, 70);
        using var compiled = Compiled(Network, image);
        CheckTwice(Network, compiled, image, 1e-5);
    }

    [Fact]
    public void A_network_that_looks_at_its_values_is_not_compiled()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var image = randn(1, 3, 8, 8);
        Assert.Null(TorchRuntime.Current.Compile(x => x.mean().item<float>() > 0 ? x + 1 : x - 1, image, always: true, calibration: null, out var fault));
        Assert.Contains("depends on the image", fault);
    }

    [Fact]
    public void A_network_that_reads_a_view_of_what_it_overwrote_is_not_compiled()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var image = randn(1, 3, 8, 8);
        Assert.Null(TorchRuntime.Current.Compile(Network, image, always: true, calibration: null, out var fault));
        Assert.Contains("another view", fault);

        static Tensor Network(Tensor x)
        {
            var doubled = x * 2;
            var flat = doubled.view(1, -1);
            doubled.relu_();
            return flat.exp();
        }
    }

    [Fact]
    public void A_plan_leaves_nothing_behind()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (weight, image) = (randn(4, 3, 3, 3), randn(1, 3, 8, 70));
        var before = (TorchRuntime.Current.LiveTensors, NativePlan.Live);
        using (var compiled = Compiled(x => functional.conv2d(x, weight, padding: [1, 1]).sigmoid(), image))
        {
            Assert.Equal(before.Live + 1, NativePlan.Live);
            for (var run = 0; run < 3; run++)
                compiled.Run(image).Dispose();
        }
        Assert.Equal(before, (TorchRuntime.Current.LiveTensors, NativePlan.Live));
    }

    [Theory]
    [InlineData(18, 18, 3, 32, true)]     // libtorch computes 32 channels
    [InlineData(3, 48, 3, 32, false)]
    [InlineData(48, 48, 3, 32, true)]     // the plan needs fewer multiplications
    [InlineData(48, 48, 1, 32, false)]
    [InlineData(256, 256, 1, 4, true)]    // libtorch reorders the weights at each call, which are more than the map
    [InlineData(256, 256, 1, 32, false)]
    public void A_network_that_libtorch_is_as_fast_with_is_compiled_only_on_demand(int sources, int channels, int kernel, int extent, bool expected)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (weight, image) = (randn(channels, sources, kernel, kernel), randn(1, sources, extent, extent));
        using var compiled = TorchRuntime.Current.Compile(x => functional.conv2d(x, weight), image, always: false, calibration: null, out var fault);
        Assert.Equal(expected, compiled is not null);
        Assert.Equal(expected, fault is null);
        Compiled(x => functional.conv2d(x, weight), image).Dispose();
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var weight = ones(2, 2, 1, 1);
        var image = randn(1, 2, 4, 70);
        using var compiled = Compiled(x => functional.conv2d(x, weight).relu(), image);
        image[0, 0, 1, 2] = float.NaN;
        var output = compiled.Run(image);
        Assert.Equal(2, output.isnan().sum().item<long>());
        Assert.True(output[0, 1, 1, 2].isnan().item<bool>());
    }

    private static IEnumerable<ScalarType> Types() =>
        PrecisionExtensions.ProcessorHasBFloat16 ? [ScalarType.Float32, ScalarType.BFloat16] : [ScalarType.Float32];

    private static ICompiledNetwork Compiled(Func<Tensor, Tensor> network, Tensor image)
    {
        var compiled = TorchRuntime.Current.Compile(network, image, always: true, calibration: null, out var fault);
        Assert.True(compiled is not null, fault);
        return compiled;
    }

    /// <summary>On an image that the plan has not seen, and again: memory that one run left must not show in the next.</summary>
    private static void CheckTwice(Func<Tensor, Tensor> network, ICompiledNetwork compiled, Tensor image, double tolerance)
    {
        using var scope = NewDisposeScope();
        var other = randn_like(image);
        compiled.Run(image * 100);
        var expected = network(other);
        TensorAssert.Close(expected, compiled.Run(other), tolerance * expected.abs().max().to_type(ScalarType.Float32).item<float>(), $"{image.dtype}");
    }
}
