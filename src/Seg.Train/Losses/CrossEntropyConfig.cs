using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>cross_entropy</c>, the usual loss: the mean of −ln p over the pixels, p the probability of a pixel's class.</summary>
public sealed record CrossEntropyConfig : PixelLossConfig
{
    /// <summary>
    /// Share of the target that is spread evenly over all classes, which keeps a network from being too sure (Szegedy et al., arXiv:1512.00567).
    /// At least 0 and below 1; default 0, usual 0.05–0.1.
    /// </summary>
    public double LabelSmoothing { get; init; }

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (LabelSmoothing is not (>= 0 and < 1))
            yield return new(nameof(LabelSmoothing), $"is {LabelSmoothing}; must be at least 0 and below 1");
    }
}
