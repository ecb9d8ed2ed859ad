using Seg.Models.Networks;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>An exponential moving average of a network's weights, kept in a second network of the same kind.</summary>
/// <remarks>
/// Polyak and Juditsky, 1992; the mean teacher of Tarvainen and Valpola, arXiv:1703.01780. Running statistics of norms are averaged with the weights that
/// they belong to; counters are copied.
/// </remarks>
public sealed class WeightAverage
{
    private readonly AverageConfig config;
    private readonly Tensor[] averages, sources;
    private readonly (Tensor Average, Tensor Source)[] counters;

    /// <param name="network">What is averaged.</param>
    /// <param name="copy">Another network of the same configuration, on the same device; it gets the weights of the first.</param>
    public WeightAverage(Network network, Network copy, AverageConfig config)
    {
        (this.config, Network) = (config, copy);
        var target = copy.state_dict();
        var pairs = network.state_dict().Select(entry => (Average: target[entry.Key], Source: entry.Value)).ToArray();
        var numbers = pairs.Where(pair => pair.Source.is_floating_point()).ToArray();
        averages = [.. numbers.Select(pair => pair.Average)];
        sources = [.. numbers.Select(pair => pair.Source)];
        counters = [.. pairs.Where(pair => !pair.Source.is_floating_point())];
        foreach (var parameter in copy.parameters())
            parameter.requires_grad = false;
        Restart();
    }

    /// <summary>The averaged network. Its weights change with each <see cref="Update"/>.</summary>
    public Network Network { get; }

    /// <summary>Updates so far.</summary>
    public long Updates { get; set; }

    /// <summary>Takes in the weights as they are after a step.</summary>
    public void Update()
    {
        Updates++;
        TorchRuntime.Current.MoveTowards(averages, sources, 1 - DecayAt(Updates));
        CopyCounters();
    }

    /// <summary>Begins anew with the weights as they are.</summary>
    public void Restart()
    {
        Updates = 0;
        using var withoutGradient = no_grad();
        foreach (var (average, source) in averages.Zip(sources))
            average.copy_(source);
        CopyCounters();
    }

    private void CopyCounters()
    {
        using var withoutGradient = no_grad();
        foreach (var (average, source) in counters)
            average.copy_(source);
    }

    private double DecayAt(long update) =>
        config.Decay * (config.WarmupSteps == 0 ? 1 : 1 - Math.Exp(-update / (double)config.WarmupSteps));
}
