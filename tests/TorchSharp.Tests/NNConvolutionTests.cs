using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNConvolutionTests
{
    /// <summary>The definition, with loops. Shapes: x (N, C, H, W), weight (out, C / groups, K, L).</summary>
    private static double[] Convolved(
        Tensor x, Tensor weight, Tensor? bias, (long Y, long X) stride, (long Y, long X) padding, (long Y, long X) dilation, long groups)
    {
        double[] values = Read(x), kernel = Read(weight);
        double[] offsets = bias is null ? new double[weight.shape[0]] : Read(bias);
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var (o, inGroup, kh, kw) = (weight.shape[0], weight.shape[1], weight.shape[2], weight.shape[3]);
        long outH = (h + 2 * padding.Y - dilation.Y * (kh - 1) - 1) / stride.Y + 1;
        long outW = (w + 2 * padding.X - dilation.X * (kw - 1) - 1) / stride.X + 1;
        var result = new List<double>();
        for (long b = 0; b < n; b++)
            for (long f = 0; f < o; f++)
                for (long y = 0; y < outH; y++)
                    for (long z = 0; z < outW; z++)
                    {
                        double sum = offsets[f];
                        for (long i = 0; i < inGroup; i++)
                            for (long p = 0; p < kh; p++)
                                for (long q = 0; q < kw; q++)
                                {
                                    long row = y * stride.Y - padding.Y + p * dilation.Y;
                                    long column = z * stride.X - padding.X + q * dilation.X;
                                    if (row < 0 || row >= h || column < 0 || column >= w)
                                        continue;
                                    long channel = f / (o / groups) * inGroup + i;
                                    sum += values[((b * c + channel) * h + row) * w + column]
                                        * kernel[((f * inGroup + i) * kh + p) * kw + q];
                                }
                        result.Add(sum);
                    }
        return [.. result];
    }

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(1, 2, 2, 2)]
    [InlineData(3, 1, 1, 4)]
    public void Conv2d_is_what_the_definition_says(long stride, long padding, long dilation, long groups)
    {
        using var module = Conv2d(4, 4, 3, stride, padding, dilation, groups: groups, dtype: float64);
        using var input = Ramp(2, 4, 7, 6);
        using var output = module.call(input);
        Close(
            Convolved(input, module.weight, module.bias, (stride, stride), (padding, padding), (dilation, dilation), groups), output);
    }

    [Fact]
    public void Conv2d_takes_different_sizes_in_the_two_directions()
    {
        using var module = Conv2d(2, 3, (1, 3), stride: (2, 1), padding: (0, 1), dilation: (1, 2), bias: false, dtype: float64);
        using var input = Ramp(1, 2, 5, 6);
        using var output = module.call(input);
        Assert.Null(module.bias);
        Assert.Equal([1, 3], module.kernel_size);
        Assert.Equal([1, 3, 3, 4], output.shape);
        Close(Convolved(input, module.weight, null, (2, 1), (0, 1), (1, 2), 1), output);
    }

    [Fact]
    public void Padding_same_keeps_the_extent()
    {
        using var module = Conv2d(1, 1, 3, Padding.Same, dilation: 2, dtype: float64);
        using var input = Ramp(1, 1, 5, 4);
        using var output = module.call(input);
        Close(Convolved(input, module.weight, module.bias, (1, 1), (2, 2), (2, 2), 1), output);
        Assert.Throws<ArgumentException>(() => Conv2d(1, 1, 3, Padding.Same, stride: 2));
    }

    [Theory]
    [InlineData(PaddingModes.Reflect)]
    [InlineData(PaddingModes.Replicate)]
    [InlineData(PaddingModes.Circular)]
    public void Other_borders_are_put_on_before(PaddingModes mode)
    {
        using var module = Conv2d(1, 2, (3, 5), padding: (1, 2), padding_mode: mode, dtype: float64);
        using var input = Ramp(1, 1, 4, 5);
        using var bordered = functional.pad(input, [2, 2, 1, 1], mode);
        using var output = module.call(input);
        Close(Convolved(bordered, module.weight, module.bias, (1, 1), (0, 0), (1, 1), 1), output);
    }

    [Fact]
    public void One_and_three_dimensions_agree_with_two()
    {
        using var one = Conv1d(2, 3, 3, padding: 1, dtype: float64);
        using var two = Conv2d(2, 3, (1, 3), padding: (0, 1), dtype: float64);
        using var three = Conv3d(2, 3, (1, 1, 3), padding: (0, 0, 1), dtype: float64);
        using var input = Ramp(1, 2, 6);
        using var withoutGradient = no_grad();
        two.weight.copy_(one.weight.view(3, 2, 1, 3));
        two.bias!.copy_(one.bias!);
        three.weight.copy_(one.weight.view(3, 2, 1, 1, 3));
        three.bias!.copy_(one.bias!);
        double[] expected = Read(two.call(input.view(1, 2, 1, 6)));
        Close(expected, one.call(input));
        Close(expected, three.call(input.view(1, 2, 1, 1, 6)));
    }

    [Fact]
    public void A_transposed_convolution_is_the_convolutions_adjoint()
    {
        using var forth = Conv2d(2, 3, 3, stride: 2, padding: 1, bias: false, dtype: float64);
        using var back = ConvTranspose2d(3, 2, 3, stride: 2, padding: 1, bias: false, dtype: float64);
        using var withoutGradient = no_grad();
        back.weight.copy_(forth.weight);
        using var x = Ramp(1, 2, 6, 5);
        using var y = Ramp(1, 3, 3, 3) + 0.5;
        double forthProduct = (forth.call(x) * y).sum().item<double>();
        double backProduct = (back.forward(y, [6, 5]) * x).sum().item<double>();
        Assert.Equal(forthProduct, backProduct, 9);
        Assert.Equal([1, 2, 5, 5], back.call(y).shape);
        Assert.Throws<ArgumentException>(() => back.forward(y, [7, 5]));
    }

    [Fact]
    public void Linear_multiplies_by_the_transposed_weight()
    {
        using var module = Linear(Parameter(Values([2, 3], 1, 2, 3, 4, 5, 6)), Parameter(Values([2], 10, 20)));
        using var input = Values([2, 3], 1, 0, -1, 0.5, 0.5, 0.5);
        Close([8, 18, 13, 27.5], module.call(input));
        Assert.Equal((3, 2), (module.in_features, module.out_features));
    }

    [Fact]
    public void Gradients_match_differences()
    {
        using var conv = Conv2d(4, 2, 3, stride: 2, padding: 1, groups: 2, dtype: float64);
        using var image = Ramp(2, 4, 5, 4);
        GradientsMatchDifferences(conv, image);
        using var transposed = ConvTranspose2d(2, 2, 2, stride: 2, dtype: float64);
        using var small = Ramp(1, 2, 2, 2);
        GradientsMatchDifferences(transposed, small);
        using var linear = Linear(3, 2, dtype: float64);
        using var rows = Ramp(4, 3);
        GradientsMatchDifferences(linear, rows);
    }

    [Fact]
    public void The_wrong_number_of_channels_is_refused()
    {
        using var module = Conv2d(3, 1, 1);
        using var input = zeros(1, 4, 2, 2);
        Assert.ThrowsAny<Exception>(() => module.call(input));
    }
}
