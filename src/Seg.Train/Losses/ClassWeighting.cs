namespace Seg.Train.Losses;

/// <summary>Where the loss takes the weight of each class from.</summary>
public enum ClassWeighting
{
    /// <summary>Every pixel counts the same.</summary>
    None,

    /// <summary>From how often each class stands in the training masks; see <see cref="Losses.ClassWeights.Balanced"/>.</summary>
    Balanced,

    /// <summary>From <see cref="LossConfig.WeightList"/>.</summary>
    List,
}
