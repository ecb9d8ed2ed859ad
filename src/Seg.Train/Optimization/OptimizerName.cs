namespace Seg.Train.Optimization;

/// <summary>The optimizers that a config can name.</summary>
public enum OptimizerName
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam, with the weight decay in the gradient (Kingma and Ba, arXiv:1412.6980).</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101).</summary>
    Adamw,
}
