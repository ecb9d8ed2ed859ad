namespace Seg.Models.Configuration;

/// <summary>The local relation layer: each position gathers the window around it, weighted by what query and keys say and by the place in the window.</summary>
public sealed record LocalRelationConfig : BlockConfig, IChecked
{
    /// <summary>The largest window that the native operator knows.</summary>
    private const int LargestKernel = 31;

    private const string GivenByThePlace = "is given; leave it out, as the place in the network gives it";

    /// <summary>Channels of the output; at least 1. Default: as the input; others need the final convolution. Left out where a network places the block.</summary>
    public int? OutChannels { get; init; }

    /// <summary>k, the window's extent; 1 to 31, odd where a network places the block. Default 7.</summary>
    public int Kernel { get; init; } = 7;

    /// <summary>
    /// m, the channels that share weights; at least 1, at most the channels of the input. Where it does not divide them some groups have one
    /// more. Default 8.
    /// </summary>
    public int Sharing { get; init; } = 8;

    /// <summary>Positions from window to window; at least 1. Default 1. Left out where a network places the block.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros around the map; at least 0. Default kernel / 2. Left out where a network places the block.</summary>
    public int? Padding { get; init; }

    /// <summary>How a query and a key become a weight: <c>product</c>, <c>squared_difference</c> or <c>absolute_difference</c>. Default product.</summary>
    public RelationComposition Composition { get; init; } = RelationComposition.Product;

    /// <summary>Whether weights depend on the place in the window too. Default true.</summary>
    public bool GeometryPrior { get; init; } = true;

    /// <summary>
    /// Channels inside the geometry prior, over the number of groups (channels / sharing); rounded down, at least 1 channel. Above 0, default 0.5.
    /// </summary>
    public double PriorMultiplier { get; init; } = 0.5;

    /// <summary>
    /// A .npy file with what the geometry prior sees of each place in the window, (1, 2, kernel, kernel); a relative path starts at the folder
    /// of the file that names it. Default: offsets (x, y) from the window's centre, over kernel / 2, so from −1 to 1.
    /// </summary>
    [PathFromHere]
    public string? Position { get; init; }

    /// <summary>Whether a 1x1 convolution follows. Default true.</summary>
    public bool FinalConvolution { get; init; } = true;

    public override bool FitsConvolution => true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (OutChannels < 1)
            yield return new(nameof(OutChannels), $"is {OutChannels}; must be at least 1");
        if (!FinalConvolution && OutChannels is not null && OutChannels != InChannels)
            yield return new(nameof(OutChannels), $"is {OutChannels}; without final_convolution it must be as in_channels");
        if (Kernel is < 1 or > LargestKernel)
            yield return new(nameof(Kernel), $"is {Kernel}; must be 1 to {LargestKernel}");
        if (Sharing < 1)
            yield return new(nameof(Sharing), $"is {Sharing}; must be at least 1");
        else if (Sharing > InChannels)
            yield return new(nameof(Sharing), $"is {Sharing}; must be at most the {InChannels} channels of the input");
        if (Stride < 1)
            yield return new(nameof(Stride), $"is {Stride}; must be at least 1");
        if (Padding < 0)
            yield return new(nameof(Padding), $"is {Padding}; must be at least 0");
        if (PriorMultiplier is not (> 0 and <= 1024))
            yield return new(nameof(PriorMultiplier), $"is {PriorMultiplier}; must be above 0, at most 1024");
        if (Position is not null && !GeometryPrior)
            yield return new(nameof(Position), "is given, but there is no geometry_prior to see it");
    }

    /// <summary>What speaks against the layer at this very place of a network.</summary>
    internal IEnumerable<ConfigFault> FaultsAsConvolution(int inChannels, int outChannels, int dilation)
    {
        if (OutChannels is not null)
            yield return new(nameof(OutChannels), GivenByThePlace);
        if (Stride != 1)
            yield return new(nameof(Stride), GivenByThePlace);
        if (Padding is not null)
            yield return new(nameof(Padding), GivenByThePlace);
        if (Kernel % 2 == 0)
            yield return new(nameof(Kernel), $"is {Kernel}; must be odd in a network, so that windows have a centre");
        if (!FinalConvolution && inChannels != outChannels)
            yield return new(nameof(FinalConvolution), $"is false; the place needs one, from {inChannels} to {outChannels} channels");
        if (dilation != 1)
            yield return new(nameof(Kernel), $"has no dilation, and the place asks for {dilation}; give the network no dilation there, or a wider kernel");
    }
}
