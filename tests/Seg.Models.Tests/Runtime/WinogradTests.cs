using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime;

/// <summary>Convolutions by Winograd's method are what they are by definition: by every instruction set, in every type, by one thread and by several.</summary>
public class WinogradTests
{
    /// <summary>Channels in and out, height, width, padding, dilation.</summary>
    public static TheoryData<int[]> Shapes =>
    [
        [1, 1, 1, 1, 1, 1], [3, 5, 7, 70, 1, 1], [5, 9, 11, 23, 1, 1], [32, 18, 9, 256, 1, 1], [20, 33, 6, 6, 1, 1], [16, 16, 64, 64, 1, 1], [7, 6, 4, 48, 1, 1],
        [6, 7, 12, 70, 0, 1], [6, 7, 12, 20, 0, 1], [64, 64, 5, 600, 1, 1], [300, 260, 8, 9, 1, 1], [2, 3, 30, 130, 1, 1],
        [8, 8, 19, 31, 3, 3], [9, 4, 64, 64, 2, 2], [4, 10, 33, 100, 4, 4], [3, 3, 3, 5, 6, 6], [5, 2, 40, 20, 0, 2],
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_convolution_with_all_that_follows_it_is_what_its_definition_says(int[] shape)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var instructions in InstructionLimit.Sets)
        {
            using var limit = InstructionLimit.To(instructions);
            foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16 }.Where(NativePlan.Supports))
            {
                Check(shape, type, threads: 1, bias: true, residual: true, relu: true);
                Check(shape, type, threads: 3, bias: false, residual: true, relu: false);
                Check(shape, type, threads: 2, bias: true, residual: false, relu: false);
            }
        }
    }

    [Fact]
    public void Other_convolutions_are_refused()
    {
        using var scope = NewDisposeScope();
        HandMadePlan plan = new(gap: 1, ScalarType.Float32);
        var source = plan.Import(4, 8, 8, quantized: false);
        var target = plan.Map(4, 4, 4, quantized: false);
        plan.Add(new PlanStep
        {
            Kind = PlanStepKind.Convolution,
            Source = source,
            Target = target,
            Weights = randn(4, 4, 3, 3),
            Kernel = (3, 3),
            Stride = 2,
            Padding = (1, 1),
            Method = PlanMethod.Winograd,
        });
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => plan.Run(target, [randn(1, 4, 8, 8)]));
        Assert.Contains("Winograd", error.Message);
    }

    private static void Check(int[] shape, ScalarType type, int threads, bool bias, bool residual, bool relu)
    {
        using var scope = NewDisposeScope();
        var (padding, dilation) = (shape[4], shape[5]);
        var (height, width) = (shape[2] + 2 * (padding - dilation), shape[3] + 2 * (padding - dilation));
        var image = Rounded(randn(1, shape[0], shape[2], shape[3]));
        var weights = Rounded(randn(shape[1], shape[0], 3, 3));
        var (offset, added) = (randn(shape[1]), Rounded(randn(1, shape[1], height, width)));

        HandMadePlan plan = new(gap: Math.Max(padding, dilation), type);
        var source = plan.Import(shape[0], shape[2], shape[3], quantized: false);
        var target = residual ? plan.Import(shape[1], height, width, quantized: false) : plan.Map(shape[1], height, width, quantized: false);
        plan.Add(new PlanStep
        {
            Kind = PlanStepKind.Convolution,
            Source = source,
            Target = target,
            Residual = residual ? target : null,   // whose place the target takes
            Relu = relu,
            Weights = weights,
            Bias = bias ? offset : null,
            Kernel = (3, 3),
            Padding = (padding, padding),
            Dilation = dilation,
            Method = PlanMethod.Winograd,
        });

        var expected = functional.conv2d(image.@double(), weights.@double(), bias ? offset.@double() : null, padding: [padding, padding], dilation: [dilation, dilation]);
        expected = residual ? expected + added : expected;
        expected = (relu ? expected.relu() : expected).@float();
        var largest = Math.Max(expected.abs().max().item<float>(), 1f);
        var before = get_num_threads();
        set_num_threads(threads);
        try
        {
            using var output = tensor(plan.Run(target, residual ? [image, added] : [image])).reshape(expected.shape);
            var what = $"{NativePlan.Instructions}, {type}, {threads} threads";
            TensorAssert.Close(expected, output, (type == ScalarType.Float32 ? 1e-5 : 0.005) * largest, what);
        }
        finally
        {
            set_num_threads(before);
        }

        Tensor Rounded(Tensor values) => values.to_type(type).@float();
    }
}
