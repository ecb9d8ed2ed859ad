using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>ohem</c>: cross-entropy over the hard pixels alone; see <see cref="OhemLoss"/>.</summary>
public sealed record OhemConfig : PixelLossConfig
{
    /// <summary>A pixel is hard where its class has a probability below this; above 0 and at most 1, default 0.7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>
    /// Pixels, for each image of the batch, that count in any case: the hardest ones of the batch, where fewer are below the threshold. At least 1;
    /// default 100,000, a fifth of a crop of 1024 x 512. HRNet's recipe has 131,072 for three such images.
    /// </summary>
    public int MinKept { get; init; } = 100_000;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Threshold is not (> 0 and <= 1))
            yield return new(nameof(Threshold), $"is {Threshold}; must be above 0 and at most 1");
        if (MinKept < 1)
            yield return new(nameof(MinKept), $"is {MinKept}; must be at least 1");
    }
}
