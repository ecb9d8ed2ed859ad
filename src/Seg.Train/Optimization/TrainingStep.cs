using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>One step of training: forward, loss, backward, and (where the loss is a number) the update of the weights.</summary>
/// <param name="network">In training mode, on <paramref name="device"/>.</param>
/// <param name="type">Float32, or the type that the forward pass runs in by autocast.</param>
/// <param name="channelsLast">Whether images are laid out with the channels innermost, as the network's weights then are.</param>
/// <param name="gradientClip">Largest norm of all gradients together; null for none.</param>
public sealed class TrainingStep(
    Network network, NetworkOptimizer optimizer, SegmentationLoss loss, Device device, ScalarType type, bool channelsLast,
    double? gradientClip)
{
    /// <summary>Trains on one batch.</summary>
    /// <param name="images">float32 (N, 3, H, W).</param>
    /// <param name="labels">uint8 (N, H, W).</param>
    /// <param name="learningRate">Of this step.</param>
    /// <returns>The loss. Where it, or the gradient's norm, is not finite, the weights are as they were.</returns>
    public StepOutcome Run(Tensor images, Tensor labels, double learningRate)
    {
        using var scope = NewDisposeScope();
        images = images.to(device);
        labels = labels.to(device);
        if (channelsLast)
            images = TorchRuntime.Current.ChannelsLast(images);

        Tensor[] outputs;
        using (type == ScalarType.Float32 ? null : TorchRuntime.Current.Autocast(device, type))
            outputs = network.call(images);
        var value = loss.Of(outputs, labels);
        optimizer.ZeroGradients();
        value.backward();

        // Read once, and only here: on a GPU this is where the host waits, with forward and backward already queued.
        var number = value.item<float>();
        if (!float.IsFinite(number))
            return loss.Counts(labels) ? new(number, StepVerdict.LossNotFinite) : new(number, StepVerdict.NothingToLearn);
        if (gradientClip is { } maximum && !double.IsFinite(optimizer.ClipGradients(maximum)))
            return new(number, StepVerdict.GradientNotFinite);
        optimizer.LearningRate = learningRate;
        optimizer.Step();
        return new(number, StepVerdict.Updated);
    }
}
