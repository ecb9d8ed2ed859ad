using System.Runtime.InteropServices;
using Seg.Models.Blocks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>What a network costs at one input size: parameters, and multiply-adds of its convolutions and linear layers.</summary>
/// <remarks>
/// Counted for the network as published: output elements · input channels a group · kernel elements (a transposed convolution: input
/// elements · output channels a group · kernel elements). A <see cref="ConcatConv"/> counts as the concatenation that it stands for.
/// Biases, norms, activations, pooling, interpolation, and the matrix products inside attention do not count.
/// </remarks>
/// <param name="Modules">Every module that has parameters of its own, in the order of the state dict.</param>
/// <param name="Parameters">Numbers that training changes; running statistics do not count.</param>
/// <param name="MultiplyAdds">Of the whole input, with its batch.</param>
public sealed record NetworkCost(IReadOnlyList<ModuleCost> Modules, long Parameters, long MultiplyAdds)
{
    /// <summary>
    /// Runs the network once and counts, with the auxiliary heads that training has: for the shapes alone where all operators of the
    /// network know them without computing, which takes no time at any size; else on zeros.
    /// </summary>
    /// <param name="network">The network, not folded.</param>
    /// <param name="inputShape">(N, C, H, W) of the input, or whatever shape a bare block takes.</param>
    public static NetworkCost Measure(Network network, params long[] inputShape)
    {
        var counts = new Dictionary<Module, (long[] Shape, long MultiplyAdds)>(ReferenceEqualityComparer.Instance);
        var removals = network.modules().Distinct().Select(module => Watch(module, counts)).OfType<Action>().ToArray();
        var wasTraining = network.training;
        network.eval();
        try
        {
            Run(network, inputShape, counts.Clear);
        }
        finally
        {
            network.train(wasTraining);
            foreach (var remove in removals)
                remove();
        }

        var rows = new List<ModuleCost>();
        foreach (var (name, module) in InOrder(network, prefix: ""))
        {
            var parameters = module.named_parameters(recurse: false).Sum(entry => entry.parameter.numel());
            var (shape, multiplyAdds) = counts.GetValueOrDefault(module, ([], 0));
            if (parameters > 0)
                rows.Add(new(name, module.GetType().Name, shape, parameters, multiplyAdds));
        }
        return new(rows, rows.Sum(row => row.Parameters), rows.Sum(row => row.MultiplyAdds));
    }

    private static void Run(Network network, long[] inputShape, Action startOver)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var weight = network.parameters().First();
        try
        {
            // A tensor on the meta device has a shape and no numbers, and gives such tensors with weights that lie elsewhere.
            network.CallWithAuxiliary(zeros(inputShape, weight.dtype, META));
        }
        catch (ExternalException)
        {
            startOver();
            network.CallWithAuxiliary(zeros(inputShape, weight.dtype, weight.device));
        }
    }

    /// <summary>The same for one RGB image of this size in pixels.</summary>
    public static NetworkCost Measure(Network network, (int Height, int Width) size) => Measure(network, 1, 3, size.Height, size.Width);

    /// <summary>Notes a module's count whenever it runs. Returns what undoes this; null for modules that do not count.</summary>
    private static Action? Watch(Module module, Dictionary<Module, (long[] Shape, long MultiplyAdds)> counts)
    {
        switch (module)
        {
            case ConvTranspose2d transposed:
                return transposed.register_forward_hook((_, input, output) => Note(output, input, transposed.weight)).remove;
            case Convolution convolution:
                return convolution.register_forward_hook((_, _, output) => Note(output, output, convolution.weight)).remove;
            case KeyedModule<Tensor[], Tensor> parted when module is ICountedConvolution convolution:
                return parted.register_forward_hook((_, parts, output) => Count(output, convolution.CountMultiplyAdds(parts, output))).remove;
            case Linear linear:
                return linear.register_forward_hook((_, _, output) => Note(output, output, linear.weight)).remove;
            default:
                return null;
        }

        // The weight's first dimension is the channels of the output (transposed: of the input); each element of that takes the rest.
        Tensor Note(Tensor output, Tensor counted, Tensor weight)
        {
            return Count(output, counted.numel() * (weight.numel() / weight.shape[0]));
        }

        Tensor Count(Tensor output, long multiplyAdds)
        {
            counts[module] = (output.shape, multiplyAdds + counts.GetValueOrDefault(module).MultiplyAdds);
            return output;
        }
    }

    private static IEnumerable<(string Name, Module Module)> InOrder(Module module, string prefix)
    {
        foreach (var (name, child) in module.named_children())
        {
            yield return (prefix + name, child);
            foreach (var inner in InOrder(child, $"{prefix}{name}."))
                yield return inner;
        }
    }
}
