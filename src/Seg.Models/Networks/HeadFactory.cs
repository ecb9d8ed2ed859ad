using Seg.Models.Backbones;
using Seg.Models.Configuration;
using Seg.Models.Heads;

namespace Seg.Models.Networks;

/// <summary>Builds heads from their configuration, for the maps that the backbone hands on.</summary>
internal static class HeadFactory
{
    public static Head Create(HeadConfig config, IReadOnlyList<FeatureMap> maps, int classes, bool alignCorners) => config switch
    {
        ConcatHeadConfig => new ConcatHead(maps, classes, alignCorners),
        StripPoolingHeadConfig strip => new StripPoolingHead(maps, classes, strip.PoolSizes, strip.Dropout, alignCorners),
        _ => throw new ArgumentException($"No head is known for a {config.GetType().Name}.", nameof(config)),
    };
}
