using Seg.Models;
using Seg.Models.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>
/// The optimizer of one network: steps, and its state by the names of the parameters, so that it can be saved and restored.
/// </summary>
public sealed class NetworkOptimizer : IDisposable
{
    private readonly OptimizerHelper optimizer;
    private readonly IReadOnlyList<ParameterGroup> groups;

    // In the optimizer's order, group after group: the order of its state dictionary.
    private readonly (string Name, Parameter Parameter)[] parameters;

    /// <param name="network">Its parameters that require gradients are optimized; they must lie on their device already.</param>
    /// <exception cref="InputException">The config names parameters that the network does not have, or all are frozen.</exception>
    public NetworkOptimizer(nn.Module network, OptimizerConfig config)
    {
        groups = ParameterGroups.Of(network, config);
        parameters = [.. groups.SelectMany(group => group.Members)];
        if (parameters.Length == 0)
            throw new InputException("train.freeze leaves no parameter to train; freeze fewer of them.");
        optimizer = Create(config, groups);
        LearningRate = config.LearningRate;
    }

    /// <summary>The full rate, in the next step; groups of parameters take their factors of it.</summary>
    public double LearningRate
    {
        get;
        set
        {
            field = value;
            foreach (var (controller, group) in optimizer.ParamGroups.Zip(groups))
                controller.LearningRate = value * group.RateFactor;
        }
    }

    /// <summary>What is optimized.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. parameters.Select(entry => entry.Parameter)];

    public void ZeroGradients() => optimizer.zero_grad();

    /// <summary>Scales all gradients down so that their common norm is at most <paramref name="maximum"/>.</summary>
    /// <returns>The norm before.</returns>
    public double ClipGradients(double maximum) => nn.utils.clip_grad_norm_(parameters.Select(entry => entry.Parameter), maximum);

    /// <summary>Multiplies all gradients.</summary>
    public void ScaleGradients(double factor)
    {
        using var scope = NewDisposeScope();
        TorchRuntime.Current.Scale(Gradients(), factor);
    }

    /// <summary>Multiplies all gradients.</summary>
    /// <returns>Whether every element of every gradient was a finite number.</returns>
    public bool ScaleFiniteGradients(double factor)
    {
        using var scope = NewDisposeScope();
        return TorchRuntime.Current.ScaleIfFinite(Gradients(), factor);
    }

    public void Step() => optimizer.step();

    /// <summary>
    /// What the optimizer remembers of the steps so far, such as <c>momentum_buffer/conv1.weight</c>. The tensors are the optimizer's own.
    /// </summary>
    /// <remarks>The numbers of steps (adamw) come as new scalars, which belong to the current dispose scope.</remarks>
    public Dictionary<string, Tensor> State()
    {
        var state = new Dictionary<string, Tensor>();
        foreach (var (name, _, slot) in Slots())
        {
            switch (slot)
            {
                case SGD.State { momentum_buffer: { } buffer }:
                    state[$"momentum_buffer/{name}"] = buffer;
                    break;
                case Adam.State adam:
                    AddMeans(adam.step, adam.exp_avg, adam.exp_avg_sq);
                    break;
                case AdamW.State adam:
                    AddMeans(adam.step, adam.exp_avg, adam.exp_avg_sq);
                    break;
            }

            void AddMeans(long step, Tensor mean, Tensor squares)
            {
                state[$"step/{name}"] = tensor(step);
                state[$"exp_avg/{name}"] = mean;
                state[$"exp_avg_sq/{name}"] = squares;
            }
        }
        return state;
    }

    /// <summary>Takes over what <see cref="State"/> gave before; the tensors are copied.</summary>
    /// <exception cref="InputException">A tensor is missing or has another shape: the state is of another network or optimizer.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var (name, parameter, slot) in Slots())
        {
            switch (slot)
            {
                // No buffer was saved where no step had been made yet, or where there is no momentum.
                case SGD.State sgd when state.ContainsKey($"momentum_buffer/{name}"):
                    sgd.momentum_buffer?.Dispose();
                    sgd.momentum_buffer = Copy($"momentum_buffer/{name}", parameter);
                    break;
                case Adam.State adam:
                    adam.exp_avg.Dispose();
                    adam.exp_avg_sq.Dispose();
                    (adam.step, adam.exp_avg, adam.exp_avg_sq) = Means(name, parameter);
                    break;
                case AdamW.State adam:
                    adam.exp_avg.Dispose();
                    adam.exp_avg_sq.Dispose();
                    (adam.step, adam.exp_avg, adam.exp_avg_sq) = Means(name, parameter);
                    break;
            }
        }

        (long Step, Tensor Mean, Tensor Squares) Means(string name, Parameter parameter) =>
            (Find($"step/{name}").item<long>(), Copy($"exp_avg/{name}", parameter), Copy($"exp_avg_sq/{name}", parameter));

        Tensor Find(string key) => state.TryGetValue(key, out var value)
            ? value
            : throw new InputException(
                $"The checkpoint's optimizer state lacks '{key}': it was saved by another optimizer, or with that parameter frozen. " +
                "Keep train.optimizer.name and train.freeze, or start a new run.");

        // zeros_like: with the layout in memory of the parameter, which every step reads beside it.
        Tensor Copy(string key, Parameter parameter) => Find(key) is var value && value.shape.SequenceEqual(parameter.shape)
            ? zeros_like(parameter).copy_(value).detach().DetachFromDisposeScope()
            : throw new InputException(
                $"The checkpoint's '{key}' has the shape [{string.Join(", ", value.shape)}], " +
                $"the network's parameter [{string.Join(", ", parameter.shape)}].");
    }

    public void Dispose() => optimizer.Dispose();

    private IEnumerable<(string Name, Parameter Parameter, OptimizerState Slot)> Slots() =>
        parameters.Zip(optimizer.state_dict().State, (entry, slot) => (entry.Name, entry.Parameter, slot));

    private Tensor[] Gradients() => [.. parameters.Select(entry => entry.Parameter.grad).OfType<Tensor>()];

    private static OptimizerHelper Create(OptimizerConfig config, IReadOnlyList<ParameterGroup> groups)
    {
        double rate = config.LearningRate, decay = config.WeightDecay, beta1 = config.Momentum, beta2 = config.Beta2;
        switch (config.Name)
        {
            case OptimizerName.Sgd:
                return torch.optim.SGD(
                    groups.Select(group => new SGD.ParamGroup(
                        Members(group), rate, config.Momentum, weight_decay: decay * group.DecayFactor, nesterov: config.Nesterov)),
                    rate, config.Momentum, nesterov: config.Nesterov);
            case OptimizerName.Adam:
                return torch.optim.Adam(
                    groups.Select(group => new Adam.ParamGroup(Members(group), rate, beta1, beta2, weight_decay: decay * group.DecayFactor)),
                    rate, beta1, beta2);
            case OptimizerName.Adamw:
                return torch.optim.AdamW(
                    groups.Select(group => new AdamW.ParamGroup(Members(group), rate, beta1, beta2, weight_decay: decay * group.DecayFactor)),
                    rate, beta1, beta2);
            default:
                throw new ArgumentOutOfRangeException(nameof(config), config.Name, null);
        }

        static Parameter[] Members(ParameterGroup group) => [.. group.Members.Select(member => member.Parameter)];
    }
}
