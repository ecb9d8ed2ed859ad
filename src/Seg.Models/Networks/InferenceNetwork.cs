using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Networks;

/// <summary>Makes networks ready for prediction.</summary>
public static class InferenceNetwork
{
    /// <summary>
    /// A copy for prediction: in eval mode, batch norms folded into the convolutions, no gradients, weights channels-last and in the given
    /// type.
    /// The network itself is left as it is, and so is the state of torch's generator.
    /// </summary>
    /// <param name="network">The network to copy; it must not be folded.</param>
    /// <param name="config">The configuration that it was made from.</param>
    /// <param name="device">Where the copy computes.</param>
    /// <param name="type">float32, bfloat16 or float16; images may be float32 all the same.</param>
    public static Network Prepare(Network network, ModelConfig config, Device device, ScalarType type)
    {
        using var withoutGradient = no_grad();
        var copy = CreateUndisturbed(config);
        StateDict.Load(copy, StateDict.Of(network), "the network");
        copy.eval();
        foreach (var foldable in copy.modules().Prepend(copy).Distinct().OfType<IFoldable>())
            foldable.Fold();
        foreach (var parameter in copy.parameters())
            parameter.requires_grad = false;
        copy.to(device, type);
        TorchRuntime.Current.ChannelsLast(copy);
        return copy;
    }

    /// <summary>
    /// Making a network draws numbers that training would have drawn: a run that validates would differ from one that does not.
    /// </summary>
    private static Network CreateUndisturbed(ModelConfig config)
    {
        using var state = random.get_rng_state();
        try
        {
            return NetworkFactory.Create(config);
        }
        finally
        {
            random.set_rng_state(state);
        }
    }
}
