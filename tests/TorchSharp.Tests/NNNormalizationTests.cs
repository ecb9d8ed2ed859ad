using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNNormalizationTests
{
    private static (double Mean, double Variance) Statistics(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return (mean, all.Average(value => (value - mean) * (value - mean)));
    }

    // Values of (N, C, H, W) at one channel.
    private static IEnumerable<double> Channel(Tensor x, int channel)
    {
        double[] values = Read(x);
        int channels = (int)x.shape[1], plane = values.Length / (int)(x.shape[0] * channels);
        return values.Where((_, i) => i / plane % channels == channel);
    }

    [Fact]
    public void Batch_norm_in_training_uses_the_batch_and_tracks_it()
    {
        using var module = BatchNorm2d(2, eps: 1e-3, momentum: 0.25, dtype: float64);
        using var input = Ramp(2, 2, 2, 3);
        using var withoutGradient = no_grad();
        module.weight.copy_(Values([2], 2, 3));
        module.bias!.copy_(Values([2], -1, 1));
        using var output = module.call(input);
        for (int channel = 0; channel < 2; channel++)
        {
            var (mean, variance) = Statistics(Channel(input, channel));
            double scale = channel + 2, offset = 2 * channel - 1;
            Assert.All(
                Channel(input, channel).Zip(Channel(output, channel)),
                pair => Assert.Equal((pair.First - mean) / Math.Sqrt(variance + 1e-3) * scale + offset, pair.Second, 9));
            Assert.Equal(0.25 * mean, Read(module.running_mean!)[channel], 9);
            Assert.Equal(0.75 + 0.25 * variance * 12 / 11, Read(module.running_var!)[channel], 9); // of 12 values, unbiased
        }
        Assert.Equal(int64, module.num_batches_tracked!.dtype);
        Assert.Equal(1, module.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Batch_norm_in_prediction_uses_what_it_tracked()
    {
        using var module = BatchNorm1d(2, eps: 0, dtype: float64);
        module.eval();
        module.running_mean = Values([2], 1, 2);
        module.running_var = Values([2], 4, 9);
        using var input = Values([1, 2], 3, 8);
        Close([1, 2], module.call(input));
        Close([1, 2], module.running_mean!);
        Assert.Equal(0, module.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Without_momentum_the_statistics_are_the_mean_over_all_batches()
    {
        using var module = BatchNorm1d(1, dtype: float64);
        module.momentum = null;
        using var first = Values([2, 1], 0, 2);
        using var second = Values([2, 1], 4, 6);
        module.call(first).Dispose();
        module.call(second).Dispose();
        Close([3], module.running_mean!);
    }

    [Fact]
    public void Without_tracking_prediction_uses_the_batch_too()
    {
        using var module = BatchNorm1d(1, eps: 0, affine: false, track_running_stats: false, dtype: float64);
        module.eval();
        using var input = Values([2, 1], 1, 3);
        Close([-1, 1], module.call(input));
        Assert.Empty(module.state_dict());
    }

    [Fact]
    public void Batch_norm_refuses_another_number_of_dimensions()
    {
        using var module = BatchNorm2d(1);
        using var input = zeros(2, 1);
        Assert.Throws<ArgumentException>(() => module.call(input));
        using var volume = BatchNorm3d(1);
        using var image = zeros(2, 1, 2, 2);
        Assert.Throws<ArgumentException>(() => volume.call(image));
    }

    [Fact]
    public void Layer_norm_normalises_the_last_dimensions()
    {
        using var module = LayerNorm([2, 3], eps: 1e-2, dtype: float64);
        using var input = Ramp(2, 2, 3);
        double[] values = Read(input), output = Read(module.call(input));
        for (int row = 0; row < 2; row++)
        {
            var (mean, variance) = Statistics(values[(6 * row)..(6 * row + 6)]);
            for (int i = 6 * row; i < 6 * row + 6; i++)
                Assert.Equal((values[i] - mean) / Math.Sqrt(variance + 1e-2), output[i], 9);
        }
        Assert.Equal(["weight", "bias"], module.state_dict().Keys);
    }

    [Fact]
    public void Group_norm_normalises_groups_of_channels()
    {
        using var module = GroupNorm(2, 4, eps: 1e-2, dtype: float64);
        using var input = Ramp(1, 4, 3);
        double[] values = Read(input), output = Read(module.call(input));
        for (int group = 0; group < 2; group++)
        {
            var (mean, variance) = Statistics(values[(6 * group)..(6 * group + 6)]);
            for (int i = 6 * group; i < 6 * group + 6; i++)
                Assert.Equal((values[i] - mean) / Math.Sqrt(variance + 1e-2), output[i], 9);
        }
    }

    [Fact]
    public void Normalize_divides_by_the_norm()
    {
        using var input = Values([2, 2], 3, 0, 4, 0);
        Close([0.6, 0, 0.8, 0], functional.normalize(input, dim: 0));
    }

    [Fact]
    public void Gradients_match_differences()
    {
        using var input = Ramp(3, 2, 2, 2);
        using var batch = BatchNorm2d(2, dtype: float64);
        GradientsMatchDifferences(batch, input);
        using var group = GroupNorm(1, 2, dtype: float64);
        GradientsMatchDifferences(group, input);
        using var layer = LayerNorm(2, dtype: float64);
        GradientsMatchDifferences(layer, input);
        using var stack = Sequential(Conv2d(2, 3, 1, dtype: float64), BatchNorm2d(3, dtype: float64), SiLU());
        GradientsMatchDifferences(stack, input, 1e-5);
    }
}
