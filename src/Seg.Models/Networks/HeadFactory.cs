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
        OcrHeadConfig ocr => new OcrHead(maps, classes, ocr.MidChannels, ocr.KeyChannels, ocr.Dropout, ocr.AuxiliaryWeight, alignCorners),
        UpsampleHeadConfig upsample => new UpsampleHead(maps, upsample.Map - 1, classes),
        HeatmapHeadConfig heatmap => new HeatmapHead(maps[0], classes, heatmap.Kernel),
        _ => throw new ArgumentException($"No head is known for a {config.GetType().Name}.", nameof(config)),
    };
}
