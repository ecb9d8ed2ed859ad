using Seg.Models.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime;

/// <summary>
/// What the runtime offers as one operator, against the plain operators that it stands for. Maps are laid out with the channels innermost, where
/// the system bindings run their own kernels, and channels are no multiples of a vector's width.
/// </summary>
public class TorchRuntimeTests
{
    private static ITorchRuntime Fused => TorchRuntime.Current;

    [Theory]
    [InlineData(18, true, true)]
    [InlineData(18, false, true)]
    [InlineData(5, true, false)]
    [InlineData(64, false, false)]
    public void Batch_norm_with_residual_and_ReLU_agrees_with_its_parts(int channels, bool hasResidual, bool relu)
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var fusedNorm = Norm(channels);
        using var plainNorm = Norm(channels);
        plainNorm.load_state_dict(fusedNorm.state_dict());
        // Far from zero, where squares would cancel.
        Tensor x = Map(channels, 9, 7, offset: 30), same = Leaf(x), residual = Map(channels, 9, 7), sameResidual = Leaf(residual);
        var slope = randn([2, channels, 9, 7]);

        var fused = Fused.BatchNormAct(x, fusedNorm, hasResidual ? residual : null, relu);
        (fused * slope).sum().backward();
        var plain = plainNorm.call(same);
        plain = hasResidual ? plain + sameResidual : plain;
        plain = relu ? plain.relu() : plain;
        (plain * slope).sum().backward();

        TensorAssert.Close(plain.detach(), fused.detach(), 1e-4, "The output");
        TensorAssert.Close(same.grad!, x.grad!, 1e-3, "The input's gradient");
        TensorAssert.Close(plainNorm.weight.grad!, fusedNorm.weight.grad!, 1e-2, "The weight's gradient");
        TensorAssert.Close(plainNorm.bias!.grad!, fusedNorm.bias!.grad!, 1e-3, "The bias's gradient");
        TensorAssert.Close(plainNorm.running_mean!, fusedNorm.running_mean!, 1e-4, "The running mean");
        TensorAssert.Close(plainNorm.running_var!, fusedNorm.running_var!, 1e-4, "The running variance");
        Assert.Equal(plainNorm.num_batches_tracked!.item<long>(), fusedNorm.num_batches_tracked!.item<long>());
        if (hasResidual)
            TensorAssert.Close(sameResidual.grad!, residual.grad!, 1e-5, "The residual's gradient");
    }

    [Fact]
    public void Batch_norm_uses_its_running_statistics_when_it_does_not_train()
    {
        random.manual_seed(4);
        using var scope = NewDisposeScope();
        using var norm = Norm(6);
        norm.running_mean!.uniform_(-1, 1);
        norm.running_var!.uniform_(0.5, 2);
        norm.eval();
        var x = Map(6, 4, 5);

        TensorAssert.Close(norm.call(x).relu().detach(), Fused.BatchNormAct(x, norm, residual: null, relu: true).detach(), 1e-5);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]   // goes through libtorch's own operators, as a GPU's maps do
    public void Batch_norm_of_one_value_a_channel_is_refused_in_training(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var norm = Norm(4);
        norm.to(type);
        var x = randn([1, 4, 1, 1]).to_type(type);

        var error = Assert.ThrowsAny<Exception>(() => Fused.BatchNormAct(x, norm, residual: null, relu: true));

        Assert.Contains("Expected more than 1 value per channel", error.Message, StringComparison.Ordinal);
        Assert.True(norm.running_var!.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_sum_of_upsampled_maps_agrees_with_interpolation(bool alignCorners, bool relu)
    {
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        Tensor[] maps = [Map(18, 33, 45), Map(18, 17, 23), Map(18, 9, 1), Map(18, 33, 45)];
        Tensor[] same = [.. maps.Select(Leaf)];
        var bias = randn([18]).requires_grad_();
        var sameBias = Leaf(bias);
        var slope = randn([2, 18, 33, 45]);

        var fused = Fused.SumUpsampled(maps, bias, alignCorners, relu);
        (fused * slope).sum().backward();
        var plain = same.Select(map => Upsampled(map, 33, 45, alignCorners)).Aggregate((sum, map) => sum + map) + sameBias.view(1, -1, 1, 1);
        plain = relu ? plain.relu() : plain;
        (plain * slope).sum().backward();

        TensorAssert.Close(plain.detach(), fused.detach(), 1e-5, "The output");
        for (var i = 0; i < maps.Length; i++)
            TensorAssert.Close(same[i].grad!, maps[i].grad!, 2e-4, $"The gradient of map {i}");
        TensorAssert.Close(sameBias.grad!, bias.grad!, 1e-2, "The bias's gradient");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sum_of_repeated_maps_agrees_with_nearest_interpolation(bool relu)
    {
        random.manual_seed(10);
        using var scope = NewDisposeScope();
        // Factors of 2 and 8, and one that is no whole number.
        Tensor[] maps = [Map(18, 32, 48), Map(18, 16, 24), Map(18, 4, 6), Map(18, 13, 7), Map(18, 32, 48)];
        Tensor[] same = [.. maps.Select(Leaf)];
        var slope = randn([2, 18, 32, 48]);

        var fused = Fused.SumUpsampledNearest(maps, relu);
        (fused * slope).sum().backward();
        var plain = same.Select(map => functional.interpolate(map, size: [32, 48], mode: InterpolationMode.Nearest)).Aggregate((sum, map) => sum + map);
        plain = relu ? plain.relu() : plain;
        (plain * slope).sum().backward();

        TensorAssert.Close(plain.detach(), fused.detach(), 1e-5, "The output");
        for (var i = 0; i < maps.Length; i++)
            TensorAssert.Close(same[i].grad!, maps[i].grad!, 1e-4, $"The gradient of map {i}");
    }

    [Theory]
    [InlineData(11, true, false)]
    [InlineData(19, false, true)]
    [InlineData(2, true, true)]
    [InlineData(150, true, false)]
    public void Cross_entropy_of_upsampled_logits_agrees_with_PyTorchs(int classes, bool alignCorners, bool weighted)
    {
        random.manual_seed(6);
        using var scope = NewDisposeScope();
        Tensor logits = Map(classes, 7, 9), same = Leaf(logits), labels = Labels(classes, 25, 33);
        var weights = weighted ? rand([classes]) + 0.1 : null;

        var fused = Fused.UpsampledCrossEntropy(logits, labels, weights, ignoreIndex: 255, alignCorners);
        (fused * 3).backward();
        var plain = functional.cross_entropy(
            Upsampled(same, 25, 33, alignCorners), labels.to_type(ScalarType.Int64), weights, ignore_index: 255);
        (plain * 3).backward();

        TensorAssert.Close(plain.detach(), fused.detach(), 1e-5, "The loss");
        TensorAssert.Close(same.grad!, logits.grad!, 1e-6, "The gradient");
        using (no_grad())
            TensorAssert.Close(plain.detach(), Fused.UpsampledCrossEntropy(logits, labels, weights, 255, alignCorners), 1e-5, "The loss without a gradient");
    }

    [Fact]
    public void Cross_entropy_of_logits_that_are_not_numbers_is_not_a_number()
    {
        using var scope = NewDisposeScope();
        var logits = full([1, 5, 4, 4], float.NaN);
        var labels = zeros([1, 8, 8], ScalarType.Byte);

        Assert.True(float.IsNaN(Fused.UpsampledCrossEntropy(logits, labels, null, 255, alignCorners: true).item<float>()));
    }

    [Fact]
    public void Cross_entropy_without_a_label_that_counts_is_not_a_number()
    {
        using var scope = NewDisposeScope();
        var labels = full([1, 8, 8], 255, ScalarType.Byte);

        Assert.True(float.IsNaN(Fused.UpsampledCrossEntropy(rand([1, 5, 4, 4]), labels, null, 255, alignCorners: true).item<float>()));
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused()
    {
        using var scope = NewDisposeScope();
        var labels = full([1, 8, 8], 7, ScalarType.Byte);

        var error = Assert.ThrowsAny<Exception>(() => Fused.UpsampledCrossEntropy(rand([1, 5, 4, 4]), labels, null, 255, alignCorners: true));
        Assert.Contains("Target 7 is out of bounds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_largest_upsampled_logit_is_that_of_the_interpolated_map(bool alignCorners)
    {
        random.manual_seed(7);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var logits = Map(19, 13, 17);

        var fused = Fused.UpsampledArgMax(logits, 51, 67, alignCorners);
        var plain = Upsampled(logits, 51, 67, alignCorners).argmax(1);

        Assert.Equal(ScalarType.Byte, fused.dtype);
        // Two logits may be equal but for rounding.
        Assert.True(fused.to_type(ScalarType.Int64).ne(plain).sum().item<long>() <= 2);
    }

    [Fact]
    public void BFloat16_maps_agree_to_their_own_precision()
    {
        random.manual_seed(8);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var norm = Norm(18);
        using var same = Norm(18);
        same.load_state_dict(norm.state_dict());
        Tensor[] maps = [Map(18, 12, 10), Map(18, 6, 5)];
        Tensor[] rounded = [.. maps.Select(map => map.to_type(ScalarType.BFloat16))];

        TensorAssert.Close(
            Fused.SumUpsampled(maps, null, alignCorners: true, relu: true), Fused.SumUpsampled(rounded, null, alignCorners: true, relu: true), 0.05, "The sum");
        TensorAssert.Close(
            Fused.BatchNormAct(maps[0], norm, null, relu: true), Fused.BatchNormAct(rounded[0], same, null, relu: true), 0.05, "The norm");
    }

    [Fact]
    public void A_convolution_with_residual_and_ReLU_agrees_with_its_parts()
    {
        random.manual_seed(9);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var conv = Conv2d(4, 18, 3L, padding: 1L);
        Tensor x = Map(4, 9, 7), residual = Map(18, 9, 7);

        TensorAssert.Close((conv.call(x) + residual).relu(), Fused.ConvAct(x, conv, residual, relu: true), 1e-5);
        TensorAssert.Close(conv.call(x) + residual, Fused.ConvAct(x, conv, residual, relu: false), 1e-5);
        TensorAssert.Close(conv.call(x).relu(), Fused.ConvAct(x, conv, residual: null, relu: true), 1e-5);
    }

    private static BatchNorm2d Norm(int channels)
    {
        var norm = BatchNorm2d(channels);
        using (no_grad())
        {
            norm.weight.uniform_(0.5, 1.5);
            norm.bias!.uniform_(-1, 1);
        }
        return norm;
    }

    /// <summary>Random, (2, channels, height, width), channels innermost, a leaf.</summary>
    private static Tensor Map(int channels, int height, int width, double offset = 0) =>
        Fused.ChannelsLast(randn([2, channels, height, width]) + offset).requires_grad_();

    private static Tensor Leaf(Tensor x) => x.detach().clone().requires_grad_();

    /// <summary>uint8 (2, height, width): classes, and 255 for about one in ten.</summary>
    private static Tensor Labels(int classes, int height, int width)
    {
        var labels = randint(classes, [2, height, width], ScalarType.Byte);
        return labels.masked_fill(rand([2, height, width]) < 0.1, 255);
    }

    private static Tensor Upsampled(Tensor map, long height, long width, bool alignCorners) =>
        functional.interpolate(map, size: [height, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
}
