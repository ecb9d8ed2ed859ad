using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>dice</c>: one less the overlap of each class, whatever its size; see <see cref="DiceLoss"/>. Usual beside a cross-entropy.</summary>
public sealed record DiceConfig : LossConfig
{
    /// <summary>Whether the probabilities are squared in the denominator, as in V-Net (Milletari et al., arXiv:1606.04797); default false.</summary>
    public bool Squared { get; init; }

    /// <summary>Pixels added to the numerator and the denominator of each class, which damps classes of few pixels; 0 or more, default 1.</summary>
    public double Smooth { get; init; } = 1;

    /// <summary>Whether the overlap is taken in each image, then averaged, instead of over the batch; default false.</summary>
    public bool PerImage { get; init; }

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Smooth is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(Smooth), $"is {Smooth}; must be 0 or more");
    }
}
