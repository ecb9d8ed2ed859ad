using System.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Weights;

/// <summary>The tensors of a module by name.</summary>
public static class StateDict
{
    private const int NamesToShow = 10;

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
    /// <param name="module">The module.</param>
    /// <param name="weights">Tensors by name, of any floating type for floating ones.</param>
    /// <param name="source">What messages call the weights: a file's path.</param>
    /// <exception cref="InputException">The message names missing, unexpected and misshapen keys: the first ten of each, and how many there
    /// are.</exception>
    public static void Load(Module module, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        var own = Of(module);
        var missing = own.Keys.Where(key => !weights.ContainsKey(key)).ToArray();
        var unexpected = weights.Keys.Where(key => !own.ContainsKey(key)).ToArray();
        var misshapen = own.Keys
            .Where(key => weights.TryGetValue(key, out var tensor) && !tensor.shape.AsSpan().SequenceEqual(own[key].shape))
            .Select(key => $"{key} ({Shape(weights[key])}, must be {Shape(own[key])})")
            .ToArray();
        if (missing.Length + unexpected.Length + misshapen.Length > 0)
        {
            var fitting = own.Count - missing.Length - misshapen.Length;
            var message = new StringBuilder($"The weights of {source} do not fit the network: {fitting} of its {own.Count} entries fit");
            Append(message, "missing", missing);
            Append(message, "unexpected", unexpected);
            Append(message, "of another shape", misshapen);
            throw new InputException(message.Append(". Is this the model config that the weights were trained with?").ToString());
        }

        using var withoutGradient = no_grad();
        foreach (var (key, tensor) in own)
            tensor.copy_(weights[key]);
    }

    private static void Collect(Module module, string prefix, OrderedDictionary<string, Tensor> entries)
    {
        foreach (var (name, parameter) in module.named_parameters(recurse: false))
            entries.TryAdd(prefix + name, parameter);
        foreach (var (name, buffer) in module.named_buffers(recurse: false, include_nonpersistent: false))
            entries.TryAdd(prefix + name, buffer);
        foreach (var (name, child) in module.named_children())
            Collect(child, $"{prefix}{name}.", entries);
    }

    private static void Append(StringBuilder message, string fault, string[] keys)
    {
        if (keys.Length == 0)
            return;
        message.Append($"; {keys.Length} {fault}: {string.Join(", ", keys.Take(NamesToShow))}");
        if (keys.Length > NamesToShow)
            message.Append(", …");
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
