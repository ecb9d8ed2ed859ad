namespace Seg.Models.Configuration;

/// <summary>Object-contextual representations (HRNet-OCR): an auxiliary map of soft object regions, and the main map that uses them.</summary>
public sealed record OcrHeadConfig : HeadConfig, IChecked
{
    /// <summary>Channels of the pixels' representation; at least 1. Default 512.</summary>
    public int MidChannels { get; init; } = 512;

    /// <summary>Channels in which pixels and regions are compared; at least 1. Default 256.</summary>
    public int KeyChannels { get; init; } = 256;

    /// <summary>Share of channels that are dropped before the classifier while training, 0 to below 1. Default 0.05.</summary>
    public double Dropout { get; init; } = 0.05;

    /// <summary>What the auxiliary output counts in the training loss, where the main one counts 1; 0 or more. Default 0.4.</summary>
    public double AuxiliaryWeight { get; init; } = 0.4;

    public IEnumerable<ConfigFault> Faults()
    {
        if (MidChannels < 1)
            yield return new(nameof(MidChannels), $"is {MidChannels}; must be at least 1");
        if (KeyChannels < 1)
            yield return new(nameof(KeyChannels), $"is {KeyChannels}; must be at least 1");
        if (Dropout is not (>= 0 and < 1))
            yield return new(nameof(Dropout), $"is {Dropout}; must be at least 0 and below 1");
        if (AuxiliaryWeight is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(AuxiliaryWeight), $"is {AuxiliaryWeight}; must be 0 or more");
    }
}
