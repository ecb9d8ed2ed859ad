namespace Seg.Models.Configuration;

/// <summary>Sizes of DEKR's head (Geng et al., arXiv:2104.02300); the defaults are the authors'.</summary>
public sealed record DekrHeadConfig : IChecked
{
    /// <summary>Channels of the heatmaps' branch (HEAD_HEATMAP.NUM_CHANNELS in the authors' code). At least 1, default 32.</summary>
    public int HeatmapChannels { get; init; } = 32;

    /// <summary>Basic blocks of that branch. At least 1, default 1.</summary>
    public int HeatmapBlocks { get; init; } = 1;

    /// <summary>Channels that each keypoint's branch has of its own (NUM_CHANNELS_PERKPT). At least 1, default 15.</summary>
    public int ChannelsPerKeypoint { get; init; } = 15;

    /// <summary>Adaptive blocks of each keypoint's branch. At least 1, default 2.</summary>
    public int OffsetBlocks { get; init; } = 2;

    public IEnumerable<ConfigFault> Faults()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(HeatmapChannels), HeatmapChannels), (nameof(HeatmapBlocks), HeatmapBlocks),
            (nameof(ChannelsPerKeypoint), ChannelsPerKeypoint), (nameof(OffsetBlocks), OffsetBlocks),
        })
        {
            if (value < 1)
                yield return new(name, $"is {value}; must be at least 1");
        }
    }
}
