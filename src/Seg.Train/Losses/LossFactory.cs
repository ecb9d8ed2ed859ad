using Seg.Train.Datasets;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>Makes losses of their configuration.</summary>
public static class LossFactory
{
    /// <summary>The terms that a config asks for, in its order.</summary>
    /// <param name="training">Its masks are read for balanced class weights.</param>
    /// <param name="device">Where outputs and labels will lie.</param>
    public static IReadOnlyList<LossTerm> Create(
        IReadOnlyList<LossConfig> configs, ISegmentationDataset training, Device device, CancellationToken cancellation = default)
    {
        var ignored = training.Labels.IgnoreIndex;
        var weights = new ClassWeights(training, cancellation);
        return [.. configs.Select<LossConfig, LossTerm>(config => config switch
        {
            CrossEntropyConfig loss =>
                new CrossEntropyLoss(weights.Of(loss), ignored, device, loss.LabelSmoothing) { Weight = loss.Weight },
            FocalConfig loss => new CrossEntropyLoss(weights.Of(loss), ignored, device, gamma: loss.Gamma) { Weight = loss.Weight },
            OhemConfig loss => new OhemLoss(loss.Threshold, loss.MinKept, weights.Of(loss), ignored, device) { Weight = loss.Weight },
            DiceConfig loss => new DiceLoss(loss.Squared, loss.Smooth, loss.PerImage, ignored) { Weight = loss.Weight },
            LovaszConfig loss => new LovaszLoss(loss.PerImage, ignored) { Weight = loss.Weight },
            _ => throw new ArgumentException($"No loss is known for a {config.GetType().Name}.", nameof(configs)),
        })];
    }
}
