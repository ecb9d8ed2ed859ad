using Seg.Models;
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

    // In the optimizer's order, group after group: the order of its state dictionary.
    private readonly (string Name, Parameter Parameter)[] parameters;

    /// <param name="network">Its parameters that require gradients are optimized; they must lie on their device already.</param>
    public NetworkOptimizer(nn.Module network, OptimizerConfig config)
    {
        var trained = network.named_parameters().Where(entry => entry.parameter.requires_grad).ToArray();
        // A tensor of one dimension is a bias, or scale and shift of a norm.
        var decayed = trained.Where(entry => config.DecayNormAndBias || entry.parameter.dim() > 1).ToArray();
        var free = trained.Except(decayed).ToArray();
        parameters = [.. decayed, .. free];
        optimizer = Create(config, [.. decayed.Select(entry => entry.parameter)], [.. free.Select(entry => entry.parameter)]);
    }

    /// <summary>Of all parameters, in the next step.</summary>
    public double LearningRate
    {
        get => optimizer.ParamGroups.First().LearningRate;
        set
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = value;
        }
    }

    public void ZeroGradients() => optimizer.zero_grad();

    /// <summary>Scales all gradients down so that their common norm is at most <paramref name="maximum"/>.</summary>
    /// <returns>The norm before.</returns>
    public double ClipGradients(double maximum) => nn.utils.clip_grad_norm_(parameters.Select(entry => entry.Parameter), maximum);

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
                case AdamW.State adam:
                    state[$"step/{name}"] = tensor(adam.step);
                    state[$"exp_avg/{name}"] = adam.exp_avg;
                    state[$"exp_avg_sq/{name}"] = adam.exp_avg_sq;
                    break;
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
                case AdamW.State adam:
                    adam.exp_avg.Dispose();
                    adam.exp_avg_sq.Dispose();
                    adam.step = Find($"step/{name}").item<long>();
                    adam.exp_avg = Copy($"exp_avg/{name}", parameter);
                    adam.exp_avg_sq = Copy($"exp_avg_sq/{name}", parameter);
                    break;
            }
        }

        Tensor Find(string key) => state.TryGetValue(key, out var value)
            ? value
            : throw new InputException(
                $"The checkpoint's optimizer state lacks '{key}': it was saved by another optimizer. " +
                "Keep train.optimizer.name, or start a new run.");

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

    private static OptimizerHelper Create(OptimizerConfig config, Parameter[] decayed, Parameter[] free)
    {
        double rate = config.LearningRate, decay = config.WeightDecay;
        switch (config.Name)
        {
            case OptimizerName.Sgd:
                SGD.ParamGroup Sgd(Parameter[] group, double weightDecay) =>
                    new(group, rate, momentum: config.Momentum, weight_decay: weightDecay, nesterov: config.Nesterov);
                return torch.optim.SGD(Groups(Sgd), rate, config.Momentum, nesterov: config.Nesterov);
            case OptimizerName.Adamw:
                AdamW.ParamGroup Adam(Parameter[] group, double weightDecay) =>
                    new(group, rate, beta1: config.Momentum, beta2: config.Beta2, weight_decay: weightDecay);
                return torch.optim.AdamW(Groups(Adam), rate, config.Momentum, config.Beta2);
            default:
                throw new ArgumentOutOfRangeException(nameof(config), config.Name, null);
        }

        T[] Groups<T>(Func<Parameter[], double, T> group) =>
            free.Length == 0 ? [group(decayed, decay)] : [group(decayed, decay), group(free, 0)];
    }
}
