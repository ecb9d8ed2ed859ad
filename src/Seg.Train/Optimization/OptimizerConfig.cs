using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>The <c>train.optimizer:</c> section of a config.</summary>
public sealed record OptimizerConfig : IChecked
{
    /// <summary>sgd (default), adam or adamw.</summary>
    public OptimizerName Name { get; init; } = OptimizerName.Sgd;

    /// <summary>
    /// Learning rate at the top of the schedule, above 0; default 0.01. Usual: 0.01–0.05 for sgd, 0.0003–0.003 for adam and adamw.
    /// </summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Share of the last update that is kept in the next (adam and adamw: beta 1), 0 to below 1; default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Looks one step ahead along the momentum; sgd only, needs momentum; default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>
    /// Pull of the weights towards zero, 0 or more; default 0.0005. sgd and adam add it to the gradient, adamw applies it apart from it
    /// (usual there: 0.01–0.1).
    /// </summary>
    public double WeightDecay { get; init; } = 0.0005;

    /// <summary>
    /// Whether the weight decay acts on biases and on the scale and shift of norms too, as in the official HRNet code; default true.
    /// </summary>
    public bool DecayNormAndBias { get; init; } = true;

    /// <summary>Decay of adam's and adamw's mean of squared gradients (beta 2), 0 to below 1; default 0.999. Not read by sgd.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>
    /// What the learning rate of the backbone is multiplied by, 0 or more; default 1. Usual with pre-trained weights: 0.1, as they need to move less
    /// than a fresh head.
    /// </summary>
    public double BackboneFactor { get; init; } = 1;

    /// <summary>Parameters with factors of their own, by name; of several rules that match a parameter, the last one counts.</summary>
    public ParameterRule[] Rules { get; init; } = [];

    public IEnumerable<ConfigFault> Faults()
    {
        if (LearningRate is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(LearningRate), $"is {LearningRate}; must be above 0");
        if (Momentum is not (>= 0 and < 1))
            yield return new(nameof(Momentum), $"is {Momentum}; must be at least 0 and below 1");
        if (WeightDecay is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(WeightDecay), $"is {WeightDecay}; must be 0 or more");
        if (Beta2 is not (>= 0 and < 1))
            yield return new(nameof(Beta2), $"is {Beta2}; must be at least 0 and below 1");
        if (BackboneFactor is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(BackboneFactor), $"is {BackboneFactor}; must be 0 or more");
        if (Nesterov && (Name != OptimizerName.Sgd || Momentum == 0))
            yield return new(nameof(Nesterov), "is true; it needs the optimizer sgd with a momentum above 0");
    }
}
