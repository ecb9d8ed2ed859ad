namespace Seg.Models.Configuration;

/// <summary>The non-local block: adds to every position a mean over all positions, weighted by how the two compare.</summary>
public sealed record NonLocalConfig : BlockConfig, IChecked
{
    /// <summary>Dimensions that have extents: 1 for (N, C, L), 2 for (N, C, H, W), 3 for (N, C, T, H, W). Default 2.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>How positions are compared. Default embedded_gaussian.</summary>
    public NonLocalPairwise Pairwise { get; init; } = NonLocalPairwise.EmbeddedGaussian;

    /// <summary>
    /// Whether the positions that are compared with are halved in each direction (but time) by max pooling; extents must then be at least 2.
    /// Default true.
    /// </summary>
    public bool SubSample { get; init; } = true;

    /// <summary>Whether a batch norm follows the last convolution. Default true.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Whether the block starts as the identity: its last layer (batch norm or convolution) is zero. Default true.</summary>
    public bool ZeroInitialized { get; init; } = true;

    /// <summary>Channels inside; at least 1. Default: half of the input's, at least 1.</summary>
    public int? InnerChannels { get; init; }

    public override int InputDimensions => 2 + Dimension;

    public override bool FitsMap => Dimension == 2;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (Dimension is < 1 or > 3)
            yield return new(nameof(Dimension), $"is {Dimension}; must be 1, 2 or 3");
        if (InnerChannels < 1)
            yield return new(nameof(InnerChannels), $"is {InnerChannels}; must be at least 1");
    }
}
