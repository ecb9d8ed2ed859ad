using Seg.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>Keeps parts of a network from being trained.</summary>
public static class Freezing
{
    /// <summary>Freezes what a config says. The network must be in training mode already, as some norms are taken out of it.</summary>
    /// <exception cref="InputException">A pattern matches no parameter.</exception>
    public static void Apply(nn.Module network, FreezeConfig config)
    {
        var named = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var pattern in config.Parameters)
        {
            foreach (var name in ParameterGroups.Matching(pattern, "train.freeze.parameters", named.Keys))
                named[name].requires_grad = false;
        }
        if (!config.NormsInEvaluation)
            return;
        foreach (var norm in network.modules().OfType<BatchNorm2d>())
        {
            if (norm.parameters().Any() && norm.parameters().All(parameter => !parameter.requires_grad))
                norm.eval();
        }
    }
}
