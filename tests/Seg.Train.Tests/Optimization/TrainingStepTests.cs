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

    [Fact]
    public void Batches_of_one_step_make_the_step_of_one_large_batch()
    {
        using Setup large = new(weighted: true), parts = new(weighted: true);
        // Norms see one batch at a time, so they must not follow the batch here; and the batches have different shares of labels.
        large.Network.eval();
        parts.Network.eval();
        using (no_grad())
            large.Labels.narrow(0, 0, 1).narrow(1, 0, 20).fill_(255);

        for (var step = 0; step < 3; step++)
        {
            var whole = large.Run(large.Images, large.Labels);
            for (var index = 0; index < 2; index++)
                parts.Step.Add(large.Images.narrow(0, index, 1), new(large.Labels.narrow(0, index, 1)));
            var summed = parts.Step.Finish(learningRate: 0.1);
            Assert.Equal(StepVerdict.Updated, summed.Verdict);
            Assert.Equal(whole.Loss, summed.Loss, 5);
        }
        foreach (var (name, value) in large.Network.state_dict())
            TensorAssert.Close(value, parts.Network.state_dict()[name], 1e-5);
    }

    [Fact]
    public void A_batch_without_a_label_has_no_share_in_a_step_of_several()
    {
        using Setup one = new(), several = new();
        using var ignored = full_like(one.Labels, 255);
        one.Network.eval();
        several.Network.eval();

        one.Run(one.Images, one.Labels);
        several.Step.Add(one.Images, new(ignored));
        several.Step.Add(one.Images, new(one.Labels));
        Assert.Equal(StepVerdict.Updated, several.Step.Finish(0.1).Verdict);
        TensorAssert.Close(one.Network.Weight, several.Network.Weight, 1e-6);

        several.Step.Add(one.Images, new(ignored));
        Assert.Equal(StepVerdict.NothingToLearn, several.Step.Finish(0.1).Verdict);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_loss_that_is_no_number_undoes_the_whole_step_and_none_after_it(int poisonedBatch)
    {
        using var setup = new Setup();
        using var poisoned = setup.Images * float.NaN;
        using var before = setup.Network.Weight.clone();
        for (var index = 0; index < 2; index++)
            setup.Step.Add(index == poisonedBatch ? poisoned : setup.Images, new(setup.Labels));

        Assert.Equal(StepVerdict.LossNotFinite, setup.Step.Finish(0.1).Verdict);
        TensorAssert.Close(before, setup.Network.Weight, tolerance: 0);
    }

    [Fact]
    public void A_scaled_loss_gives_the_same_weights_bit_by_bit()
    {
        using Setup plain = new(), scaled = new(scaler: new GradientScaler());
        for (var step = 0; step < 3; step++)
        {
            plain.Run(plain.Images, plain.Labels);
            scaled.Run(scaled.Images, scaled.Labels);
        }

        TensorAssert.SameState(plain.Network, scaled.Network);
        Assert.Equal(3, scaled.Step.Scaler!.Steps);
    }

    [Fact]
    public void A_gradient_that_overflows_leaves_the_step_out_and_halves_the_scale()
    {
        var scaler = new GradientScaler();
        scaler.Restore(Math.Pow(2, 140), steps: 7);
        using var setup = new Setup(scaler: scaler);
        using var before = setup.Network.Weight.clone();

        Assert.Equal(StepVerdict.Overflow, setup.Run(setup.Images, setup.Labels).Verdict);
        TensorAssert.Close(before, setup.Network.Weight, tolerance: 0);
        Assert.Equal((Math.Pow(2, 139), 0), (scaler.Factor, scaler.Steps));
        scaler.Restore(1, steps: 0);
        Assert.Equal(StepVerdict.Updated, setup.Run(setup.Images, setup.Labels).Verdict);
    }

    [Fact]
    public void The_scale_doubles_after_many_good_steps()
    {
        var scaler = new GradientScaler();
        var first = scaler.Factor;
        for (var step = 0; step < GradientScaler.GrowthInterval - 1; step++)
            scaler.Update(wereFinite: true);
        Assert.Equal(first, scaler.Factor);
        scaler.Update(wereFinite: true);
        Assert.Equal((2 * first, 0), (scaler.Factor, scaler.Steps));
    }

    [Fact]
    public void Trying_a_batch_changes_no_weight()
    {
        using var setup = new Setup();
        using var before = setup.Network.Weight.clone();
        setup.Step.Try(setup.Images, new(setup.Labels));

        TensorAssert.Close(before, setup.Network.Weight, tolerance: 0);
        Assert.Equal(0, setup.Network.Weight.grad!.abs().sum().item<float>());
    }

    /// <summary>A tiny network, its optimizer and one batch, all from seed 0.</summary>
    private sealed class Setup : IDisposable
    {
        private readonly DisposeScope scope;
        private readonly NetworkOptimizer optimizer;
        private readonly SegmentationLoss loss;

        public Setup(ScalarType type = ScalarType.Float32, bool weighted = false, GradientScaler? scaler = null)
        {
            scope = NewDisposeScope();
            manual_seed(0);
            Network = new TinyNetwork();
            // Classes in squares of 4 x 4 pixels, which the images show.
            var classes = randint(0, 3, [2, 1, 8, 8], ScalarType.Int64).repeat_interleave(4, 2).repeat_interleave(4, 3);
            Images = (classes * ones(1, 3, 1, 1) + 0.1 * randn(2, 3, 32, 32)).DetachFromDisposeScope();
            Labels = classes.squeeze(1).to_type(ScalarType.Byte).DetachFromDisposeScope();
            optimizer = new NetworkOptimizer(Network, new OptimizerConfig { LearningRate = 0.1 });
            loss = new SegmentationLoss(Network, weighted ? [0.5, 2, 1] : null, 255, CPU);
            Step = new TrainingStep(Network, optimizer, loss, CPU, type, channelsLast: true, gradientClip: null) { Scaler = scaler };
            // Only what was made here may belong to the scope: steps run in scopes of their own.
            scope.Dispose();
        }

        public TrainingStep Step { get; }

        public TinyNetwork Network { get; }

        public Tensor Images { get; }

        public Tensor Labels { get; }

        public StepOutcome Run(Tensor images, Tensor labels) => Step.Run(images, new(labels), learningRate: 0.1);

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
