using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Distributed;

/// <summary>Ranks with parts of a batch against one process with all of it: losses and gradients.</summary>
public sealed class JoinedGradientTests(ITestOutputHelper output)
{
    /// <summary>Relative, of the length of the whole gradient.</summary>
    private const double Tolerance = 1e-5;

    private const int Classes = 3, Images = 4;

    private static readonly SegmentationConfig Model = new()
    {
        NumClasses = Classes,
        Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 8, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
        Head = new StripPoolingHeadConfig { PoolSizes = [4, 2], Dropout = 0 },
        Initialization = Initialization.Kaiming,
    };

    /// <param name="first">Images of rank 0, of four; rank 1 has the others.</param>
    /// <param name="isFirstLabelled">Whether rank 0 has any labels: without, its batch has no loss.</param>
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void With_synchronised_batch_norm_gradients_are_those_of_the_joined_batch(int first, bool isFirstLabelled)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Batch();
        if (!isFirstLabelled)
            labels.narrow(0, 0, first).fill_(255);
        using Setup whole = new();
        var loss = whole.Step(exchange: null).Run(images, new TrainingTargets(labels), 0.01).Loss;
        var expected = whole.Gradient;

        RankThreads.Run(2, ranks =>
        {
            using var ofRank = NewDisposeScope();
            using Setup own = new(whole);
            using var exchange = ranks.Exchange(own.Optimizer.Parameters, syncBatchNorm: true);
            var (start, count) = ranks.IsFirst ? (0, first) : (first, Images - first);
            var outcome = own.Step(exchange).Run(images.narrow(0, start, count), new TrainingTargets(labels.narrow(0, start, count)), 0.01);
            Assert.Equal(loss, outcome.Loss, 5);
            RequireClose(expected, own.Gradient, $"rank {ranks.Rank} with {count} images");
        });
    }

    /// <summary>A network without batch norm: nothing else looks at a whole batch.</summary>
    [Fact]
    public void Without_batch_norm_gradients_are_those_of_the_joined_batch()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Batch();
        using Setup whole = new(freezeNorms: true);
        whole.Step(exchange: null).Run(images, new TrainingTargets(labels), 0.01);
        var expected = whole.Gradient;

        RankThreads.Run(2, ranks =>
        {
            using var ofRank = NewDisposeScope();
            using Setup own = new(whole, freezeNorms: true);
            using var exchange = ranks.Exchange(own.Optimizer.Parameters, syncBatchNorm: false);
            own.Step(exchange).Run(images.narrow(0, 2 * ranks.Rank, 2), new TrainingTargets(labels.narrow(0, 2 * ranks.Rank, 2)), 0.01);
            RequireClose(expected, own.Gradient, $"rank {ranks.Rank} without batch norm");
        });
    }

    [Fact]
    public void A_step_of_several_batches_is_that_of_one_process()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Batch();
        using Setup whole = new();
        var steps = whole.Step(exchange: null);
        for (var batch = 0; batch < 2; batch++)
            steps.Add(images.narrow(0, 2 * batch, 2), new TrainingTargets(labels.narrow(0, 2 * batch, 2)));
        var loss = steps.Finish(0.01).Loss;
        var expected = whole.Gradient;

        RankThreads.Run(2, ranks =>
        {
            using var ofRank = NewDisposeScope();
            using Setup own = new(whole);
            using var exchange = ranks.Exchange(own.Optimizer.Parameters, syncBatchNorm: true);
            var step = own.Step(exchange);
            for (var batch = 0; batch < 2; batch++)
                step.Add(images.narrow(0, 2 * batch + ranks.Rank, 1), new TrainingTargets(labels.narrow(0, 2 * batch + ranks.Rank, 1)), isLast: batch == 1);
            Assert.Equal(loss, step.Finish(0.01).Loss, 5);
            RequireClose(expected, own.Gradient, $"rank {ranks.Rank} with two batches a step");
        });
    }

    [Fact]
    public void A_loss_that_is_no_number_on_one_rank_is_told_on_all_and_leaves_the_weights_alone()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = Batch();
        images.narrow(0, 2, 1).fill_(float.NaN);
        using Setup whole = new();
        RankThreads.Run(2, ranks =>
        {
            using var ofRank = NewDisposeScope();
            using Setup own = new(whole);
            // Batch norms of their own: rank 0 alone would have a good loss.
            using var exchange = ranks.Exchange(own.Optimizer.Parameters, syncBatchNorm: false);
            var outcome = own.Step(exchange).Run(images.narrow(0, 2 * ranks.Rank, 2), new TrainingTargets(labels.narrow(0, 2 * ranks.Rank, 2)), 0.01);
            Assert.Equal(StepVerdict.LossNotFinite, outcome.Verdict);
            foreach (var (expected, actual) in whole.Network.parameters().Zip(own.Network.parameters()))
                TensorAssert.Close(expected, actual, tolerance: 0);
        });
    }

    /// <summary>Images, and labels of which each image lacks another share.</summary>
    private static (Tensor Images, Tensor Labels) Batch()
    {
        manual_seed(11);
        var images = randn(Images, 3, 64, 96);
        var labels = randint(0, Classes, [Images, 64, 96], dtype: ScalarType.Byte);
        for (var image = 0; image < Images; image++)
            labels[image].narrow(0, 0, 12 * image).fill_(255);
        return (images, labels);
    }

    private void RequireClose(Tensor expected, Tensor actual, string what)
    {
        var error = ((expected - actual).norm() / expected.norm()).item<double>();
        output.WriteLine($"{what}: relative error of the gradient {error:g3}");
        Assert.True(error <= Tolerance, $"{what}: the gradient is off by {error:g3} of its length.");
    }

    private sealed class Setup : IDisposable
    {
        private readonly SegmentationLoss loss;

        public Setup(Setup? like = null, bool freezeNorms = false)
        {
            manual_seed(2);
            Network = NetworkFactory.Create(Model);
            TorchRuntime.Current.ChannelsLast(Network);
            if (like is not null)
                Network.load_state_dict(like.Before);
            Before = Network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone().DetachFromDisposeScope());
            Network.train();
            if (freezeNorms)
            {
                foreach (var norm in Network.modules().OfType<TorchSharp.Modules.BatchNorm2d>())
                    norm.eval();
            }
            Optimizer = new NetworkOptimizer(Network, new OptimizerConfig());
            loss = new SegmentationLoss(Network, classWeights: [1, 2, 0.5], ignoreIndex: 255, CPU);
        }

        public Network Network { get; }

        public NetworkOptimizer Optimizer { get; }

        /// <summary>The state before any step.</summary>
        public Dictionary<string, Tensor> Before { get; }

        /// <summary>All gradients in a row, float64.</summary>
        public Tensor Gradient => cat([.. Network.parameters().Select(parameter => parameter.grad!.to_type(ScalarType.Float64).flatten())]);

        public TrainingStep Step(GradientExchange? exchange) =>
            new(Network, Optimizer, loss, CPU, ScalarType.Float32, channelsLast: true, gradientClip: null) { Exchange = exchange };

        public void Dispose()
        {
            foreach (var value in Before.Values)
                value.Dispose();
            loss.Dispose();
            Optimizer.Dispose();
            Network.Dispose();
        }
    }
}
