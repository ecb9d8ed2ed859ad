using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Runtime.Distributed;

public sealed class SyncBatchNormTests
{
    private const int Channels = 6;

    /// <summary>Batches of different sizes, with values far from zero; the fused kernels (channels innermost) and plain operators.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Ranks_with_uneven_batches_normalise_as_one_process_with_all(bool channelsLast, bool relu)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var input = randn(5, Channels, 3, 4) * 2 + 10;
        var slopes = randn(5, Channels, 3, 4);
        var whole = Normalize(input, slopes, channelsLast, relu);
        int[] starts = [0, 3, 5];

        RankThreads.Run(2, (rank, group) =>
        {
            using var ofRank = NewDisposeScope();
            var (start, count) = (starts[rank], starts[rank + 1] - starts[rank]);
            using var synchronised = group.SynchronizeBatchNorm();
            var part = Normalize(input.narrow(0, start, count).clone(), slopes.narrow(0, start, count), channelsLast, relu);
            group.Sum(part.WeightGradient);
            TensorAssert.Close(whole.Output.narrow(0, start, count), part.Output, 1e-5);
            TensorAssert.Close(whole.InputGradient.narrow(0, start, count), part.InputGradient, 1e-5);
            TensorAssert.Close(whole.WeightGradient, part.WeightGradient, 1e-5);
            TensorAssert.Close(whole.Mean, part.Mean, 1e-5);
            TensorAssert.Close(whole.Variance, part.Variance, 1e-5);
        });
    }

    [Fact]
    public void A_norm_that_is_called_as_a_module_is_synchronised_too()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var input = randn(4, Channels, 7);
        using var norm = BatchNorm1d(Channels);
        var whole = norm.call(input);
        RankThreads.Run(2, (rank, group) =>
        {
            using var ofRank = NewDisposeScope();
            using var synchronised = group.SynchronizeBatchNorm();
            using var own = BatchNorm1d(Channels);
            TensorAssert.Close(whole.narrow(0, 2 * rank, 2), own.call(input.narrow(0, 2 * rank, 2)), 1e-5);
        });
    }

    private static Normalized Normalize(Tensor input, Tensor slopes, bool channelsLast, bool relu)
    {
        using var norm = BatchNorm2d(Channels);
        using (no_grad())
        {
            norm.weight!.copy_(arange(1, Channels + 1, dtype: ScalarType.Float32));
            norm.bias!.fill_(0.5);
        }
        var x = (channelsLast ? TorchRuntime.Current.ChannelsLast(input) : input.contiguous()).detach().requires_grad_();
        var y = TorchRuntime.Current.BatchNormAct(x, norm, null, relu);
        (y * slopes).sum().backward();
        return new(y.detach(), x.grad!, norm.weight!.grad!.clone(), norm.running_mean!.clone(), norm.running_var!.clone());
    }

    private sealed record Normalized(Tensor Output, Tensor InputGradient, Tensor WeightGradient, Tensor Mean, Tensor Variance);
}
