using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Interop;

/// <summary>What <see cref="Modules.Adam"/> and <see cref="Modules.AdamW"/> have in common; they differ in what they do with the weight
/// decay.</summary>
public abstract class AdamOptimizer : OptimizerHelper, IBetas
{
    private readonly AdamOptions defaults;

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    private protected AdamOptimizer(
        AdamOptions options, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
    {
        if (lr < 0)
            throw new ArgumentException($"Invalid learning rate: {lr}", nameof(lr));
        if (eps < 0)
            throw new ArgumentException($"Invalid ε: {eps}", nameof(eps));
        if (beta1 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta1: {beta1}", nameof(beta1));
        if (beta2 is < 0 or >= 1)
            throw new ArgumentException($"Invalid beta2: {beta2}", nameof(beta2));
        if (weight_decay < 0)
            throw new ArgumentException($"Invalid weight_decay value: {weight_decay}", nameof(weight_decay));
        options.LearningRate = options.InitialLearningRate = lr;
        options.beta1 = beta1;
        options.beta2 = beta2;
        options.eps = eps;
        options.weight_decay = weight_decay;
        options.amsgrad = amsgrad;
        options.maximize = maximize;
        defaults = options;
    }

    /// <summary>Weights of the past in the running means of the gradients and of their squares.</summary>
    public (double, double) Betas
    {
        get => (defaults.beta1!.Value, defaults.beta2!.Value);
        set => (defaults.beta1, defaults.beta2) = value;
    }

    public override Tensor? step(Func<Tensor>? closure = null) => _step<Modules.ParamGroup>(Step, closure);

    private protected void Add(Modules.ParamGroup group, AdamOptions options, Func<Parameter, AdamState> newState)
    {
        options.Complete(defaults);
        group.Options = options;
        base.Add(group, newState);
    }

    /// <summary>Applies the weight decay to parameters or gradients, and returns the gradients to go on with.</summary>
    private protected abstract Tensor[] Decay(Tensor[] parameters, Tensor[] gradients, AdamOptions options);

    private void Step(Modules.ParamGroup group)
    {
        var options = (AdamOptions)group.Options;
        var (parameters, gradients, states) = WithGradients<AdamState>(group);
        foreach (var state in states)
            state.step++;
        // Steps differ only among parameters that had no gradient at times, which is rare: one batch, as a rule.
        foreach (var batch in Enumerable.Range(0, states.Length).GroupBy(i => states[i].step))
            Step(
                [.. batch.Select(i => parameters[i])], [.. batch.Select(i => gradients[i])], [.. batch.Select(i => states[i])],
                batch.Key, options);
    }

    // Kingma and Ba, arXiv:1412.6980, in the order of PyTorch's operations.
    private void Step(Tensor[] parameters, Tensor[] gradients, AdamState[] states, long step, AdamOptions options)
    {
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        if (options.maximize is true)
            gradients = Foreach.Neg(gradients);
        if (options.weight_decay is not 0.0)
            gradients = Decay(parameters, gradients, options);

        Tensor[] means = [.. states.Select(state => state.exp_avg)];
        Tensor[] squares = [.. states.Select(state => state.exp_avg_sq)];
        Foreach.Multiply(means, beta1);
        Foreach.AddTo(means, gradients, 1 - beta1);
        Foreach.Multiply(squares, beta2);
        Foreach.AddProduct(squares, gradients, gradients, 1 - beta2);
        if (options.amsgrad is true)
        {
            squares = Foreach.Maximum([.. states.Select(state => state.max_exp_avg_sq!)], squares);
            for (int i = 0; i < states.Length; i++)
            {
                states[i].max_exp_avg_sq!.Dispose();
                states[i].max_exp_avg_sq = squares[i].DetachFromDisposeScope();
            }
        }

        var deviations = Foreach.Sqrt(squares);
        Foreach.Divide(deviations, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Foreach.AddTo(deviations, options.eps!.Value);
        Foreach.AddQuotient(parameters, means, deviations, -options.LearningRate!.Value / (1 - Math.Pow(beta1, step)));
    }
}
