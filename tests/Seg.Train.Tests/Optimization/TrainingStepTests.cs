using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Optimization;

public class TrainingStepTests
{
    [Fact]
    public void A_step_lowers_the_loss_of_its_batch()
    {
        using var setup = new Setup();
        var first = setup.Run(setup.Images, setup.Labels).Loss;
        for (var step = 0; step < 20; step++)
            setup.Run(setup.Images, setup.Labels);

        Assert.True(setup.Run(setup.Images, setup.Labels).Loss < 0.8 * first);
    }

    [Fact]
    public void A_loss_that_is_no_number_leaves_the_weights_alone()
    {
        using var setup = new Setup();
        using var poisoned = setup.Images * float.NaN;
        using var before = setup.Network.Weight.clone();

        Assert.Equal(StepVerdict.LossNotFinite, setup.Run(poisoned, setup.Labels).Verdict);
        TensorAssert.Close(before, setup.Network.Weight, tolerance: 0);
    }

    [Fact]
    public void A_batch_without_a_labelled_pixel_is_told_from_divergence()
    {
        using var setup = new Setup();
        using var ignored = full_like(setup.Labels, 255);
        using var before = setup.Network.Weight.clone();

        Assert.Equal(StepVerdict.NothingToLearn, setup.Run(setup.Images, ignored).Verdict);
        TensorAssert.Close(before, setup.Network.Weight, tolerance: 0);
    }

    [Fact]
    public void Fifty_steps_leave_no_tensor_behind()
    {
        if (TorchRuntime.Current.LiveTensors is null)
            return;   // these bindings do not count
        using var setup = new Setup();
        for (var step = 0; step < 3; step++)
            setup.Run(setup.Images, setup.Labels);   // gradients and momentum come into being
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var counts = new HashSet<long?>();
        for (var step = 0; step < 50; step++)
        {
            setup.Run(setup.Images, setup.Labels);
            counts.Add(TorchRuntime.Current.LiveTensors);
        }
        Assert.Single(counts);
    }

    [Fact]
    public void Bfloat16_trains_to_about_the_same_loss_as_float32()
    {
        if (!TorchRuntime.Current.HasAutocast)
            return;
        using Setup single = new(), half = new(ScalarType.BFloat16);
        StepOutcome expected = default, actual = default;
        for (var step = 0; step < 20; step++)
        {
            expected = single.Run(single.Images, single.Labels);
            actual = half.Run(half.Images, half.Labels);
        }
        Assert.InRange(actual.Loss, 0.95 * expected.Loss, 1.05 * expected.Loss);
    }

    /// <summary>A tiny network, its optimizer and one batch, all from seed 0.</summary>
    private sealed class Setup : IDisposable
    {
        private readonly DisposeScope scope;
        private readonly NetworkOptimizer optimizer;
        private readonly SegmentationLoss loss;
        private readonly TrainingStep step;

        public Setup(ScalarType type = ScalarType.Float32)
        {
            scope = NewDisposeScope();
            manual_seed(0);
            Network = new TinyNetwork();
            // Classes in squares of 4 x 4 pixels, which the images show.
            var classes = randint(0, 3, [2, 1, 8, 8], ScalarType.Int64).repeat_interleave(4, 2).repeat_interleave(4, 3);
            Images = (classes * ones(1, 3, 1, 1) + 0.1 * randn(2, 3, 32, 32)).DetachFromDisposeScope();
            Labels = classes.squeeze(1).to_type(ScalarType.Byte).DetachFromDisposeScope();
            optimizer = new NetworkOptimizer(Network, new OptimizerConfig { LearningRate = 0.1 });
            loss = new SegmentationLoss(Network, null, 255, CPU);
            step = new TrainingStep(Network, optimizer, loss, CPU, type, channelsLast: true, gradientClip: null);
            // Only what was made here may belong to the scope: steps run in scopes of their own.
            scope.Dispose();
        }

        public TinyNetwork Network { get; }

        public Tensor Images { get; }

        public Tensor Labels { get; }

        public StepOutcome Run(Tensor images, Tensor labels) => step.Run(images, labels, learningRate: 0.1);

        public void Dispose()
        {
            optimizer.Dispose();
            loss.Dispose();
            Network.Dispose();
            Images.Dispose();
            Labels.Dispose();
        }
    }
}
