using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Weights;

/// <summary>The tensors of a module by name.</summary>
public static class StateDict
{
    /// <summary>
    /// Parameters and buffers in PyTorch's order: each module's own before its children's. (TorchSharp's state_dict puts all parameters
    /// before all buffers.) The tensors are the module's own.
    /// </summary>
    public static IReadOnlyDictionary<string, Tensor> Of(Module module)
    {
        var entries = new OrderedDictionary<string, Tensor>();
        Collect(module, prefix: "", entries);
        return entries;
    }

    /// <summary>Copies weights into a module; loads nothing unless every name and shape agrees.</summary>
    /// <remarks>
    /// PyTorch before 0.4.1 kept no num_batches_tracked (which nothing here depends on): weights that have none of them load as they are.
    /// </remarks>
    /// <param name="module">The module.</param>
    /// <param name="weights">Tensors by name, of any floating type for floating ones.</param>
    /// <param name="source">What messages call the weights: a file's path.</param>
    /// <exception cref="InputException">The message names missing, unexpected and misshapen keys: the first ten of each, and how many there
    /// are.</exception>
    public static void Load(Module module, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        var own = Of(module);
        var report = Compare(own, weights, source);
        if (!report.Fits)
        {
            throw new InputException(
                $"The weights of {source} do not fit the network: {report.Loaded.Length} of its {own.Count} entries fit{report.Misfits()}. "
                + "Is this the model config that the weights were trained with?");
        }
        Copy(own, weights, report.Loaded);
    }

    /// <summary>How weights fit a module's entries.</summary>
    internal static WeightsReport Compare(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        var isWithoutCounters = weights.Count > 0 && !weights.Keys.Any(IsCounter);
        var loaded = new List<string>();
        var misshapen = new List<MisshapenEntry>();
        foreach (var (name, tensor) in own)
        {
            if (!weights.TryGetValue(name, out var weight))
                continue;
            if (weight.shape.AsSpan().SequenceEqual(tensor.shape))
                loaded.Add(name);
            else
                misshapen.Add(new(name, weight.shape, tensor.shape));
        }
        return new WeightsReport
        {
            Source = source,
            Loaded = [.. loaded],
            Missing = [.. own.Keys.Where(name => !weights.ContainsKey(name) && !(isWithoutCounters && IsCounter(name)))],
            Unexpected = [.. weights.Keys.Where(name => !own.ContainsKey(name))],
            Misshapen = [.. misshapen],
        };
    }

    /// <summary>Copies the named entries.</summary>
    internal static void Copy(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> weights, IEnumerable<string> names)
    {
        using var withoutGradient = no_grad();
        foreach (var name in names)
            own[name].copy_(weights[name]);
    }

    private static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal) || name == "num_batches_tracked";

    private static void Collect(Module module, string prefix, OrderedDictionary<string, Tensor> entries)
    {
        foreach (var (name, parameter) in module.named_parameters(recurse: false))
            entries.TryAdd(prefix + name, parameter);
        foreach (var (name, buffer) in module.named_buffers(recurse: false, include_nonpersistent: false))
            entries.TryAdd(prefix + name, buffer);
        foreach (var (name, child) in module.named_children())
            Collect(child, $"{prefix}{name}.", entries);
    }
}
