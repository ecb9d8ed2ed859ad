namespace Seg.Models.Configuration;

/// <summary>Relation-aware global attention: a gate from how every position (and every channel) relates to all others.</summary>
public sealed record RgaConfig : BlockConfig, IChecked
{
    /// <summary>
    /// Height and width of the map, in positions: the relations of every position with all of these are channels inside. Without
    /// <see cref="AnySize"/> maps must have exactly this size. Default [16, 8], the last maps of the authors' 256x128 images.
    /// </summary>
    public int[] Grid { get; init; } = [16, 8];

    /// <summary>Whether positions are gated. Default true.</summary>
    public bool Spatial { get; init; } = true;

    /// <summary>Whether channels are gated, after the positions. Default true.</summary>
    public bool Channel { get; init; } = true;

    /// <summary>The features are compared in the input's channels divided by this; at least 1. Default 8.</summary>
    public int ChannelReduction { get; init; } = 8;

    /// <summary>The relations are embedded in the positions of the grid divided by this; at least 1. Default 8.</summary>
    public int SpatialReduction { get; init; } = 8;

    /// <summary>The gate's hidden layer has its input's channels divided by this; at least 1. Default 8.</summary>
    public int HiddenReduction { get; init; } = 8;

    /// <summary>Whether maps of any size are taken, by averaging what they are compared with over the grid. Default false.</summary>
    public bool AnySize { get; init; }

    public override bool FitsMap => true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (InChannels < 1)
            yield return new(nameof(InChannels), $"is {InChannels}; must be at least 1");
        if (Grid.Length != 2 || Grid.Any(extent => extent < 1))
            yield return new(nameof(Grid), "must be two numbers, each at least 1: height and width");
        var positions = Grid.Aggregate(1, (product, extent) => product * extent);
        if (!Spatial && !Channel)
            yield return new(nameof(Spatial), "is false, and so is channel; one of them must be true");
        if (ChannelReduction < 1 || InChannels / ChannelReduction < 1)
            yield return new(nameof(ChannelReduction), $"is {ChannelReduction}; must be at least 1 and at most the channels, {InChannels}");
        if (SpatialReduction < 1 || positions / SpatialReduction < 1)
            yield return new(nameof(SpatialReduction), $"is {SpatialReduction}; must be at least 1 and at most the grid's positions, {positions}");
        if (HiddenReduction < 1)
            yield return new(nameof(HiddenReduction), $"is {HiddenReduction}; must be at least 1");
        else if (Spatial && 1 + positions / SpatialReduction < HiddenReduction)
            yield return new(nameof(HiddenReduction), HasNoChannels("spatial", $"1 + {positions} / {SpatialReduction}"));
        else if (Channel && 1 + InChannels / ChannelReduction < HiddenReduction)
            yield return new(nameof(HiddenReduction), HasNoChannels("channel", $"1 + {InChannels} / {ChannelReduction}"));
    }

    private string HasNoChannels(string part, string channels) =>
        $"is {HiddenReduction}, which leaves the {part} part's hidden layer no channels; it may be at most {channels}";
}
