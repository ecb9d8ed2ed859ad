using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with PyTorch's momentum (the buffer starts as the first gradient, undampened).</summary>
public partial class SGD : OptimizerHelper, IMomentum
{
    private readonly Options defaults;

    /// <exception cref="ArgumentException">A setting is out of range, or Nesterov's momentum is asked for without momentum or with
    /// dampening.</exception>
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)"/>
    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (lr < 0.0)
            throw new ArgumentException($"Invalid learning rate: {lr}", nameof(lr));
        if (momentum < 0.0)
            throw new ArgumentException($"Invalid momentum value: {momentum}", nameof(momentum));
        if (weight_decay < 0.0)
            throw new ArgumentException($"Invalid weight_decay value: {weight_decay}", nameof(weight_decay));
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening", nameof(nesterov));
        defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters)
            add_param_group(group);
    }

    public double Momentum
    {
        get => defaults.momentum!.Value;
        set => defaults.momentum = value;
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = (Options)(param_group.Options ??= new Options());
        options.LearningRate ??= defaults.LearningRate;
        options.momentum ??= defaults.momentum;
        options.dampening ??= defaults.dampening;
        options.weight_decay ??= defaults.weight_decay;
        options.nesterov ??= defaults.nesterov;
        options.maximize ??= defaults.maximize;
        Add(param_group, parameter => new State(parameter));
    }

    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

    private void Step(ParamGroup group)
    {
        var options = group.Options;
        var (parameters, gradients, states) = WithGradients<State>(group);
        if (parameters.Length == 0)
            return;
        if (options.weight_decay is not 0.0)
            gradients = Foreach.Add(gradients, parameters, options.weight_decay!.Value);
        if (options.momentum is not 0.0)
        {
            var buffers = Buffers(gradients, states, options);
            gradients = options.nesterov!.Value ? Foreach.Add(gradients, buffers, options.momentum!.Value) : buffers;
        }
        double rate = options.LearningRate!.Value;
        Foreach.AddTo(parameters, gradients, options.maximize!.Value ? rate : -rate);
    }

    // The momentum buffers with this step's gradients in them.
    private static Tensor[] Buffers(Tensor[] gradients, State[] states, Options options)
    {
        var old = Enumerable.Range(0, states.Length).Where(i => states[i].momentum_buffer is not null).ToArray();
        if (old.Length > 0)
        {
            Tensor[] buffers = [.. old.Select(i => states[i].momentum_buffer!)];
            Foreach.Multiply(buffers, options.momentum!.Value);
            Foreach.AddTo(buffers, [.. old.Select(i => gradients[i])], 1 - options.dampening!.Value);
        }
        for (int i = 0; i < states.Length; i++)
            states[i].momentum_buffer ??= gradients[i].clone().DetachFromDisposeScope();
        return [.. states.Select(state => state.momentum_buffer!)];
    }
}
