using Seg.Models.Codecs;

namespace Seg.Train.Losses;

/// <summary>Makes losses of keypoints of their configuration.</summary>
public static class KeypointLossFactory
{
    /// <summary>The terms that a config asks for, in its order.</summary>
    /// <param name="configs">Each fits the model: see <see cref="LossConfig.Misfit"/>.</param>
    /// <param name="codec">That encodes the targets.</param>
    public static IReadOnlyList<KeypointLossTerm> Create(IReadOnlyList<LossConfig> configs, KeypointCodec codec) =>
        [.. configs.Select<LossConfig, KeypointLossTerm>(config => (config, codec) switch
        {
            (KeypointMseConfig loss, _) => new KeypointMseLoss { Weight = loss.Weight },
            (KeypointOhkmConfig loss, _) => new KeypointOhkmLoss(loss.TopK) { Weight = loss.Weight },
            (AdaptiveWingConfig loss, _) =>
                new AdaptiveWingLoss(loss.Alpha, loss.Omega, loss.Epsilon, loss.Theta, loss.ForegroundWeight) { Weight = loss.Weight },
            (SimccKlConfig loss, SimccCodec simcc) =>
                new SimccKlLoss(simcc.Columns, loss.Beta, loss.LabelSoftmax ? loss.LabelBeta : null) { Weight = loss.Weight },
            _ => throw new ArgumentException(
                $"No loss of keypoints is known for a {config.GetType().Name} with a {codec.GetType().Name}.", nameof(configs)),
        })];
}
