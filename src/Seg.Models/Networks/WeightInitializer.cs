using Seg.Models.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>
/// Draws the weights from which training starts. Norms start as the identity and biases as PyTorch draws them, both by construction.
/// </summary>
internal static class WeightInitializer
{
    /// <summary>Every convolution's weight from a normal distribution of this deviation.</summary>
    /// <param name="module">Whose convolutions.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="except">Parts of it that stay as they are.</param>
    public static void DrawConvolutions(Module module, double deviation, params IEnumerable<Module> except)
    {
        foreach (var weight in ConvolutionWeights(module).Except(except.SelectMany(ConvolutionWeights)))
            init.normal_(weight, mean: 0, std: deviation);
    }

    /// <summary>
    /// Every convolution's weight from a normal distribution that keeps the deviation of what flows back (He et al., arXiv:1502.01852, "fan
    /// out").
    /// </summary>
    /// <param name="module">Where the convolutions are.</param>
    /// <param name="except">Parts of it that stay as they are.</param>
    public static void DrawConvolutionsByFanOut(Module module, params IEnumerable<Module> except)
    {
        foreach (var weight in ConvolutionWeights(module).Except(except.SelectMany(ConvolutionWeights)))
        {
            var fanOut = weight.shape[0] * weight.shape.Skip(2).Aggregate(1L, (product, extent) => product * extent);
            init.normal_(weight, mean: 0, std: Math.Sqrt(2.0 / fanOut));
        }
    }

    /// <summary>Without those that a block starts at zero, so that it starts as the identity.</summary>
    private static IEnumerable<Parameter> ConvolutionWeights(Module module) => module.modules().Append(module).Distinct().Select(part => part switch
    {
        Convolution convolution => convolution.weight,
        ICountedConvolution convolution => convolution.Weight,
        _ => null,
    }).OfType<Parameter>().Where(weight => weight.count_nonzero().item<long>() > 0);
}
