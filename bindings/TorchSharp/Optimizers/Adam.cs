using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Kingma and Ba, arXiv:1412.6980; the weight decay is added to the gradients.</summary>
public class Adam : AdamOptimizer
{
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Adam(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
    public Adam(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(new Options(), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
        foreach (var group in parameters)
            add_param_group(group);
    }

    public override void add_param_group(Modules.ParamGroup param_group) =>
        Add(param_group, (Options)(param_group.Options ?? new Options()), parameter => new State(parameter));

    private protected override Tensor[] Decay(Tensor[] parameters, Tensor[] gradients, AdamOptions options) =>
        Foreach.Add(gradients, parameters, options.weight_decay!.Value);

    /// <summary>Settings of a group; null ones are the optimizer's.</summary>
    public class Options : AdamOptions;

    /// <summary>Running means of a parameter's gradients and of their squares.</summary>
    public sealed class State(Parameter parameter) : AdamState(parameter);

    /// <inheritdoc/>
    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }
}
