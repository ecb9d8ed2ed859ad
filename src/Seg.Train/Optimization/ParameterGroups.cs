using System.IO.Enumeration;
using Seg.Models;
using Seg.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>Sorts a network's parameters by what an optimizer does with them, as a config says.</summary>
internal static class ParameterGroups
{
    /// <summary>The parameters that are trained, in groups of equal factors, each in the network's order.</summary>
    /// <exception cref="InputException">A rule matches no parameter, or there is no backbone to give a factor to.</exception>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module network, OptimizerConfig config)
    {
        var backbone = Backbone(network, config);
        var named = network.named_parameters().ToArray();
        foreach (var rule in config.Rules)
            Matching(rule.Match, "train.optimizer.rules", named.Select(entry => entry.name));
        return
        [
            .. named.Where(entry => entry.parameter.requires_grad).GroupBy(entry => FactorsOf(entry.name, entry.parameter)).Select(group =>
                new ParameterGroup(group.Key.Rate, group.Key.Decay, [.. group.Select(entry => (entry.name, entry.parameter))])),
        ];

        (double Rate, double Decay) FactorsOf(string name, Parameter parameter)
        {
            var rate = backbone.Contains(parameter) ? config.BackboneFactor : 1;
            // A tensor of one dimension is a bias, or scale and shift of a norm.
            var decay = config.DecayNormAndBias || parameter.dim() > 1 ? 1.0 : 0.0;
            return config.Rules.LastOrDefault(rule => Matches(rule.Match, name)) is { } last
                ? (rate * last.LearningRateFactor, decay * last.WeightDecayFactor)
                : (rate, decay);
        }
    }

    /// <summary>The names that a pattern matches.</summary>
    /// <param name="key">The config's key that holds the pattern.</param>
    /// <exception cref="InputException">None does.</exception>
    public static IReadOnlyList<string> Matching(string pattern, string key, IEnumerable<string> names)
    {
        var all = names.ToArray();
        var found = all.Where(name => Matches(pattern, name)).ToArray();
        return found.Length > 0 ? found : throw new InputException(
            $"{key}: '{pattern}' matches no parameter of the network, whose names are such as {string.Join(", ", Samples(all))}; 'seg info' lists them.");
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private static IEnumerable<string> Samples(string[] names) => new[] { names[0], names[names.Length / 2], names[^1] }.Distinct();

    private static HashSet<Parameter> Backbone(nn.Module network, OptimizerConfig config)
    {
        if (config.BackboneFactor == 1)
            return [];
        return network is Network { Backbone: { } backbone }
            ? new(backbone.parameters(), ReferenceEqualityComparer.Instance)
            : throw new InputException("train.optimizer.backbone_factor is given, but this network has no backbone; leave it out.");
    }
}
