using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Train.Distributed;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>
/// One step of training: forward, loss and backward of one batch or several, and (where the loss is a number) the update of the weights.
/// </summary>
/// <remarks>
/// Several batches give the gradient that one batch of all their images would give (but for batch norm, which sees one batch at a time): each counts
/// by its labelled pixels, or their weights, as in the loss of one batch. That holds for cross-entropy and focal losses; of those that are no mean over
/// pixels (ohem, dice, lovasz) the mean is taken in the same shares. The same holds for batches of several ranks.
/// </remarks>
/// <param name="network">In training mode, on <paramref name="device"/>.</param>
/// <param name="type">Float32, or the type that the forward pass runs in by autocast.</param>
/// <param name="channelsLast">Whether images are laid out with the channels innermost, as the network's weights then are.</param>
/// <param name="gradientClip">Largest norm of all gradients together; null for none.</param>
public sealed class TrainingStep(
    Network network, NetworkOptimizer optimizer, ITrainingLoss loss, Device device, ScalarType type, bool channelsLast,
    double? gradientClip)
{
    // Of the batches of the step under way.
    private double lossSum, massSum, failedLoss;
    private int batches;
    private bool failed;

    /// <summary>Scales the loss of a network that runs in float16; null for none.</summary>
    public GradientScaler? Scaler { get; init; }

    /// <summary>Takes in the weights after each update; null for none.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Joins the step with those of other ranks; null where there are none.</summary>
    public GradientExchange? Exchange { get; init; }

    /// <summary>Does forward and backward of the steps of one batch as one piece of work; null: operator by operator. Not with <see cref="Exchange"/>.</summary>
    public GraphedWork? Graph { get; init; }

    /// <summary>Trains on one batch.</summary>
    /// <param name="images">float32 (N, 3, H, W).</param>
    /// <param name="targets">What the loss takes beside the outputs.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <returns>The loss. Where it, or the gradient's norm, is not finite, the weights are as they were.</returns>
    public StepOutcome Run(Tensor images, TrainingTargets targets, double learningRate)
    {
        if (Exchange is not null)
        {
            Add(images, targets, isLast: true);
            return Finish(learningRate);
        }
        using var scope = NewDisposeScope();
        targets = targets.To(device);
        var value = Graph is null
            ? Gradients(images, targets)
            : Graph.Run(
                [images.to(device), full([1], Scaler?.Factor ?? 1, ScalarType.Float32, device), .. targets.All],
                inputs => Gradients(inputs[0], targets.With(inputs.AsSpan(2)), scale: inputs[1]));

        // Read once, and only here: on a GPU this is where the host waits, with forward and backward already queued.
        var number = value.item<float>();
        if (!float.IsFinite(number))
            return loss.Counts(targets) ? new(number, StepVerdict.LossNotFinite) : new(number, StepVerdict.NothingToLearn);
        return Update(number, gradientScale: 1, learningRate);
    }

    /// <summary>Takes in one of the several batches of a step, which <see cref="Finish"/> ends.</summary>
    /// <param name="images">float32 (N, 3, H, W).</param>
    /// <param name="targets">What the loss takes beside the outputs.</param>
    /// <param name="isLast">Whether <see cref="Finish"/> follows: other ranks are told of it.</param>
    public void Add(Tensor images, TrainingTargets targets, bool isLast = false)
    {
        using var scope = NewDisposeScope();
        if (batches++ == 0)
        {
            optimizer.ZeroGradients();
            (lossSum, massSum, failedLoss, failed) = (0, 0, 0, false);
        }
        targets = targets.To(device);
        var mass = loss.Mass(targets).item<double>();
        // A batch without a labelled pixel has no loss, and no share in the step. After a loss that is no number none matters any more.
        // With other ranks every batch goes through the network: their batch norms, and their sums of gradients, wait for it.
        var counts = mass != 0 && loss.Counts(targets);
        if (Exchange is null && (failed || !counts))
            return;
        if (isLast)
            Exchange?.BeginLast();
        var share = counts ? Share(mass, targets) : 0;
        var number = Backward(images, targets, share).item<float>();
        if (!counts)
            return;
        if (!float.IsFinite(number))
            (failed, failedLoss) = (true, number);
        lossSum += share * number;
        massSum += share;
    }

    /// <summary>Ends a step of several batches: the weights follow the mean of their gradients.</summary>
    /// <returns>The mean loss. Where a loss, or the gradient's norm, is not finite, the weights are as they were.</returns>
    public StepOutcome Finish(double learningRate)
    {
        batches = 0;
        if (Exchange is not null)
        {
            double[] sums = [lossSum, massSum, failedLoss, failed ? 1 : 0];
            Exchange.Finish(sums);
            (lossSum, massSum, failedLoss, failed) = (sums[0], sums[1], sums[2], sums[3] > 0);
        }
        if (failed)
            return new(failedLoss, StepVerdict.LossNotFinite);
        if (massSum == 0)
            return new(double.NaN, StepVerdict.NothingToLearn);
        return Update(lossSum / massSum, 1 / massSum, learningRate);
    }

    /// <summary>Goes through forward and backward and forgets the result: to see whether a batch fits into memory.</summary>
    public void Try(Tensor images, TrainingTargets targets)
    {
        using var scope = NewDisposeScope();
        Backward(images, targets.To(device), share: null).item<float>();
        optimizer.ZeroGradients();
    }

    /// <summary>
    /// What a batch counts. The sum of all is not known before the last batch; divided by its targets, a batch's is near 1, which keeps float16 in its
    /// range. Ranks may have batches of different sizes: there the targets of one image divide.
    /// </summary>
    private double Share(double mass, TrainingTargets targets) => mass / targets.Main.numel() * (Exchange is null ? 1 : targets.Count);

    /// <summary>A batch's gradients, in the memory of those before.</summary>
    /// <returns>The loss, as it is.</returns>
    private Tensor Gradients(Tensor images, TrainingTargets targets, Tensor? scale = null)
    {
        optimizer.ZeroGradients();
        return Backward(images, targets, share: null, scale);
    }

    /// <summary>Adds a batch's gradients to those there are.</summary>
    /// <param name="share">What the loss is multiplied by before; null: 1. With 0 there is nothing to learn from, and every gradient gets zeros.</param>
    /// <param name="scale">The scaler's factor, or 1, as a tensor of one number; null: as the scaler has it now.</param>
    /// <returns>The loss, as it is.</returns>
    private Tensor Backward(Tensor images, TrainingTargets targets, double? share, Tensor? scale = null)
    {
        using var scope = NewDisposeScope();
        images = images.to(device);
        if (channelsLast)
            images = TorchRuntime.Current.ChannelsLast(images);
        Tensor[] outputs;
        using (Exchange?.BatchNorm())
        using (type == ScalarType.Float32 ? null : TorchRuntime.Current.Autocast(device, type))
            outputs = network.call(images);
        // The sum of no element: where all labels are ignored a loss is not a number, and so would its gradient be.
        var value = share == 0 ? outputs.Select(output => output.narrow(0, 0, 0).to_type(ScalarType.Float32).sum()).Aggregate((sum, next) => sum + next) : loss.Of(outputs, targets);
        var factor = (share is null or 0 ? 1 : share.Value) * (Scaler?.Factor ?? 1);
        (scale is not null ? value * scale : factor == 1 ? value : value * factor).backward();
        return value.MoveToOuterDisposeScope();
    }

    private StepOutcome Update(double number, double gradientScale, double learningRate)
    {
        gradientScale /= Scaler?.Factor ?? 1;
        if (Scaler is null && gradientScale != 1)
            optimizer.ScaleGradients(gradientScale);
        if (Scaler is not null)
        {
            var finite = optimizer.ScaleFiniteGradients(gradientScale);
            Scaler.Update(finite);
            if (!finite)
                return new(number, Scaler.Factor < GradientScaler.Least ? StepVerdict.GradientNotFinite : StepVerdict.Overflow);
        }
        if (gradientClip is { } maximum && !double.IsFinite(optimizer.ClipGradients(maximum)))
            return new(number, StepVerdict.GradientNotFinite);
        optimizer.LearningRate = learningRate;
        optimizer.Step();
        Average?.Update();
        return new(number, StepVerdict.Updated);
    }
}
