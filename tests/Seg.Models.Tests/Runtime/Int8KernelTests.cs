using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

/// <summary>Steps over whole numbers are what their definition says, bit for bit.</summary>
public class Int8KernelTests
{
    /// <summary>Channels in and out, height, width, kernel, stride, padding, dilation.</summary>
    public static TheoryData<int[]> Convolutions =>
    [
        [4, 8, 9, 70, 3, 1, 1, 1], [3, 18, 9, 70, 3, 1, 1, 1], [1, 1, 1, 1, 1, 1, 0, 1], [18, 7, 5, 6, 3, 1, 1, 1], [36, 21, 4, 64, 3, 1, 1, 1],
        [5, 17, 33, 65, 3, 1, 1, 1], [4, 30, 20, 130, 3, 2, 1, 1], [17, 3, 7, 31, 3, 2, 1, 1], [8, 6, 16, 24, 3, 1, 2, 2], [19, 66, 3, 81, 1, 1, 0, 1],
        [70, 19, 8, 8, 1, 1, 0, 1], [2, 12, 2, 200, 3, 1, 1, 1],
    ];

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void A_convolution_is_its_definition(int[] shape) => WithEverySet(() => Convolution(shape));

    private static void Convolution(int[] shape)
    {
        using var scope = NewDisposeScope();
        var (channelsIn, channelsOut, height, width, kernel, stride, padding, dilation) = (shape[0], shape[1], shape[2], shape[3], shape[4], shape[5], shape[6], shape[7]);
        var random = new Random(shape.Sum());
        var outHeight = (height + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1;
        var outWidth = (width + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1;
        var source = Whole(random, channelsIn * height * width, 0, 255);
        var residual = Whole(random, channelsOut * outHeight * outWidth, 0, 255);
        var weights = Whole(random, channelsOut * channelsIn * kernel * kernel, -127, 127);
        var (bias, factors) = (Real(random, channelsOut, -50, 100), Real(random, channelsOut, 0, 2));
        var multipliers = Real(random, channelsOut, 0, 2f / (127 * MathF.Sqrt(channelsIn * kernel * kernel)));

        foreach (var (wholeTarget, wholeResidual) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            var gap = Math.Max(1, padding);
            var plan = new HandMadePlan(gap);
            var (input, added) = (plan.Import(channelsIn, height, width, quantized: true), plan.Import(channelsOut, outHeight, outWidth, wholeResidual));
            var target = plan.Map(channelsOut, outHeight, outWidth, wholeTarget);
            plan.Add(new PlanStep
            {
                Kind = PlanStepKind.Convolution,
                Source = input,
                Target = target,
                Residual = added,
                Relu = true,
                Weights = tensor(weights).view(channelsOut, channelsIn, kernel, kernel),
                Bias = tensor(bias),
                Multipliers = tensor(multipliers),
                Factors = tensor(factors),
                Kernel = (kernel, kernel),
                Stride = stride,
                Padding = (padding, padding),
                Dilation = dilation,
            });
            var actual = plan.Run(target, [tensor(source).view(1, channelsIn, height, width), tensor(residual).view(1, channelsOut, outHeight, outWidth)]);
            for (var channel = 0; channel < channelsOut; channel++)
            {
                for (var y = 0; y < outHeight; y++)
                {
                    for (var x = 0; x < outWidth; x++)
                    {
                        var place = (channel * outHeight + y) * outWidth + x;
                        var value = MathF.FusedMultiplyAdd(Sum(channel, y, x), multipliers[channel], bias[channel]);
                        value = MathF.FusedMultiplyAdd(residual[place], factors[channel], value);
                        var expected = wholeTarget ? Math.Clamp(MathF.Round(value, MidpointRounding.ToEven), 0, 255) : plan.Stored(MathF.Max(value, 0));
                        Assert.True(expected == actual[place], $"{string.Join(' ', shape)}, {wholeTarget} {wholeResidual}, [{channel}, {y}, {x}]: {expected} {actual[place]}");
                    }
                }
            }
        }

        int Sum(int channel, int y, int x)
        {
            var sum = 0;
            for (var c = 0; c < channelsIn; c++)
            {
                for (var ky = 0; ky < kernel; ky++)
                {
                    for (var kx = 0; kx < kernel; kx++)
                    {
                        var (row, column) = (y * stride - padding + ky * dilation, x * stride - padding + kx * dilation);
                        if (row >= 0 && row < height && column >= 0 && column < width)
                            sum += (int)weights[((channel * channelsIn + c) * kernel + ky) * kernel + kx] * (int)source[(c * height + row) * width + column];
                    }
                }
            }
            return sum;
        }
    }

    [Fact]
    public void A_real_map_becomes_the_nearest_whole_numbers_from_0_to_255_and_ties_go_to_even() => WithEverySet(() => Conversion());

    private static void Conversion()
    {
        using var scope = NewDisposeScope();
        var plan = new HandMadePlan(gap: 1);
        float[] values = [-3, -0.5f, 0, 0.5f, 1.5f, 2.5f, 3.25f, 254, 255, 256, 1000, 1e30f];
        var map = plan.Import(1, 1, values.Length, quantized: true);
        Assert.Equal([0, 0, 0, 0, 2, 2, 3, 254, 255, 255, 255, 255], plan.Run(map, [tensor(values).view(1, 1, 1, -1)]));
    }

    [Theory]
    [InlineData(6, 7, 40)]
    [InlineData(5, 9, 70)]
    public void Pooling_keeps_whole_numbers(int channels, int height, int width) => WithEverySet(() => Pooling(channels, height, width));

    private static void Pooling(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        var plan = new HandMadePlan(gap: 1);
        var source = plan.Import(channels, height, width, quantized: true);
        var (outHeight, outWidth) = ((height - 1) / 2 + 1, (width - 1) / 2 + 1);
        var target = plan.Map(channels, outHeight, outWidth, quantized: true);
        plan.Add(new PlanStep { Kind = PlanStepKind.MaxPool, Source = source, Target = target, Kernel = (3, 3), Stride = 2, Padding = (1, 1) });
        var image = tensor(Whole(new Random(1), channels * height * width, 0, 255)).view(1, channels, height, width);
        var expected = nn.functional.max_pool2d(image, 3, 2, 1).contiguous().data<float>().ToArray();
        Assert.Equal(expected, plan.Run(target, [image]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sum_of_maps_of_both_kinds_is_that_of_the_numbers_that_they_stand_for(bool wholeTarget) => WithEverySet(() => Sum(wholeTarget));

    private static void Sum(bool wholeTarget)
    {
        using var scope = NewDisposeScope();
        const int Channels = 7, Height = 8, Width = 70;
        var random = new Random(2);
        var plan = new HandMadePlan(gap: 1);
        var own = plan.Import(Channels, Height, Width, quantized: true);
        var (half, quarter) = (plan.Import(Channels, Height / 2, Width / 2, quantized: false), plan.Import(Channels, Height / 4, 18, quantized: true));
        var target = plan.Map(Channels, Height, Width, wholeTarget);
        var (factors, bias) = (Real(random, 3 * Channels, 0.1f, 1), Real(random, Channels, -50, 50));
        plan.Add(new PlanStep { Kind = PlanStepKind.Sum, Source = own, Target = target, Terms = [half, quarter], Relu = true, Factors = tensor(factors), Bias = tensor(bias) });
        Tensor[] images =
        [
            tensor(Whole(random, Channels * Height * Width, 0, 255)).view(1, Channels, Height, Width),
            tensor(Whole(random, Channels * Height * Width / 4, 0, 255)).view(1, Channels, Height / 2, Width / 2),
            tensor(Whole(random, Channels * Height / 4 * 18, 0, 255)).view(1, Channels, Height / 4, 18),
        ];
        var sum = tensor(bias).view(1, -1, 1, 1);
        for (var index = 0; index < images.Length; index++)
        {
            var upsampled = nn.functional.interpolate(images[index], [Height, Width], mode: InterpolationMode.Bilinear, align_corners: false);
            sum += upsampled * tensor(factors).view(3, 1, -1, 1, 1)[index];
        }
        var expected = wholeTarget ? sum.clamp(0, 255) : sum.relu();
        var difference = (tensor(plan.Run(target, images)).view_as(expected) - expected).abs().max().item<float>();
        Assert.True(difference <= (wholeTarget ? 0.501 : plan.Stored(1.001f) == 1.001f ? 1e-3 : 2), $"{difference}");   // half a whole number; bfloat16 has 8 digits
    }

    /// <summary>On processors that have none of these instructions there is nothing to be seen.</summary>
    private static void WithEverySet(Action check)
    {
        foreach (var instructions in InstructionLimit.Sets)
        {
            using var limit = InstructionLimit.To(instructions);
            if (NativePlan.Supports(ScalarType.Byte))
                check();
        }
    }

    private static float[] Whole(Random random, int count, int least, int largest) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(least, largest + 1))];

    private static float[] Real(Random random, int count, float least, float largest) =>
        [.. Enumerable.Range(0, count).Select(_ => least + random.NextSingle() * (largest - least))];
}
