using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>focal</c>: cross-entropy in which a pixel counts the less, the surer the network is of its class; see <see cref="CrossEntropyLoss"/>.</summary>
public sealed record FocalConfig : PixelLossConfig
{
    /// <summary>γ: a pixel whose class has the probability p counts (1 − p)^γ. Above 0; default 2, the paper's.</summary>
    public double Gamma { get; init; } = 2;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Gamma is not (> 0 and < double.PositiveInfinity))
            yield return new(nameof(Gamma), $"is {Gamma}; must be above 0");
    }
}
