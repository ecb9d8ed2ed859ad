namespace Seg.Models.Configuration;

/// <summary>A 3x3 convolution on the backbone's last map and the classifier: SPNet's auxiliary head, and a plain main one.</summary>
public sealed record FcnHeadConfig : HeadConfig, IChecked
{
    /// <summary>Share of channels that are dropped before the classifier while training, 0 to below 1. Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Dropout is not (>= 0 and < 1))
            yield return new(nameof(Dropout), $"is {Dropout}; must be at least 0 and below 1");
    }
}
