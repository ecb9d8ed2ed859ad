namespace Seg.Models.Configuration;

/// <summary>The selective kernel convolution: branches that see differently far, weighted for each channel by what the map shows.</summary>
public sealed record SkConvConfig : BlockConfig, IChecked
{
    /// <summary>Channels of the output; at least 1. Default: as the input. Left out where a network places the block.</summary>
    public int? OutChannels { get; init; }

    /// <summary>1, or more to take every n-th position. Default 1. Left out where a network places the block.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>M, the number of branches; at least 1. Default 2.</summary>
    public int Branches { get; init; } = 2;

    /// <summary>G, the groups of each branch's convolution; must divide the channels of input and output. Default 32.</summary>
    public int Groups { get; init; } = 32;

    /// <summary>r: the squeeze has as many channels as the output has, divided by this; at least 1. Default 16.</summary>
    public int Reduction { get; init; } = 16;

    /// <summary>L: the squeeze has at least this many channels; at least 1. Default 32.</summary>
    public int MinimumWidth { get; init; } = 32;

    /// <summary>Which of the two known forms. Default paper.</summary>
    public SkConvForm Form { get; init; } = SkConvForm.Paper;

    public override bool FitsConvolution => true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (OutChannels < 1)
            yield return new(nameof(OutChannels), $"is {OutChannels}; must be at least 1");
        if (Stride < 1)
            yield return new(nameof(Stride), $"is {Stride}; must be at least 1");
        if (Branches < 1)
            yield return new(nameof(Branches), $"is {Branches}; must be at least 1");
        if (Reduction < 1)
            yield return new(nameof(Reduction), $"is {Reduction}; must be at least 1");
        if (MinimumWidth < 1)
            yield return new(nameof(MinimumWidth), $"is {MinimumWidth}; must be at least 1");
        if (Groups < 1)
            yield return new(nameof(Groups), $"is {Groups}; must be at least 1");
        else if (InChannels % Groups > 0 || OutChannels % Groups > 0)
            yield return new(nameof(Groups), $"is {Groups}; must divide the channels in ({InChannels}) and out ({OutChannels ?? InChannels})");
    }

    protected override IEnumerable<string> GivenByPlace()
    {
        var given = base.GivenByPlace();
        given = OutChannels is null ? given : given.Append(nameof(OutChannels));
        return Stride == 1 ? given : given.Append(nameof(Stride));
    }
}
