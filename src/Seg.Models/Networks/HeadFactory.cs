using Seg.Models.Backbones;
using Seg.Models.Configuration;
using Seg.Models.Heads;

namespace Seg.Models.Networks;

/// <summary>Builds heads from their configuration, for the maps that the backbone hands on.</summary>
internal static class HeadFactory
{
    /// <summary>A head for those of the backbone's maps that its configuration chooses.</summary>
    public static HeadOnMaps Create(HeadConfig config, IReadOnlyList<FeatureMap> maps, int classes, bool alignCorners)
    {
        var indices = config.MapIndices(maps.Count);
        return new(CreateFor(config, [.. indices.Select(index => maps[index])], classes, alignCorners), indices);
    }

    /// <summary>The same for pose, where the codec has a say in some heads.</summary>
    public static HeadOnMaps Create(PoseConfig config, IReadOnlyList<FeatureMap> maps)
    {
        if (config is not { Head: SimccHeadConfig head, Codec: SimccCodecConfig codec })
            return Create(config.Head, maps, config.NumClasses, alignCorners: true);
        var index = head.MapIndices(maps.Count)[0];
        var (height, width) = (head.InputSize[0], head.InputSize[1]);
        return new(new SimccHead(maps[index], config.NumClasses, head.Kernel, (height, width), (codec.Bins(height), codec.Bins(width))), [index]);
    }

    public static Classifier Create(ClassifierConfig config, IReadOnlyList<FeatureMap> maps, int classes) => config switch
    {
        LinearClassifierConfig => new LinearClassifier(maps[^1].Channels, classes),
        NormalizedClassifierConfig normalized => new NormalizedClassifier(maps[^1].Channels, classes, normalized.Dropout),
        _ => throw new ArgumentException($"No classifier is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static Head CreateFor(HeadConfig config, IReadOnlyList<FeatureMap> maps, int classes, bool alignCorners) => config switch
    {
        ConcatHeadConfig => new ConcatHead(maps, classes, alignCorners),
        StripPoolingHeadConfig strip => new StripPoolingHead(maps, classes, strip.PoolSizes, strip.Dropout, alignCorners),
        OcrHeadConfig ocr => new OcrHead(maps, classes, ocr.MidChannels, ocr.KeyChannels, ocr.Dropout, ocr.AuxiliaryWeight, alignCorners),
        UpsampleHeadConfig upsample => new UpsampleHead(maps, upsample.Map - 1, classes),
        HeatmapHeadConfig heatmap => new HeatmapHead(maps[0], classes, heatmap.Kernel),
        FcnHeadConfig fcn => new FcnHead(maps, classes, fcn.Dropout),
        DeconvolutionHeadConfig deconv => new DeconvolutionHead(maps, classes, deconv.Channels, deconv.Kernel, deconv.FinalKernel),
        _ => throw new ArgumentException($"No head is known for a {config.GetType().Name}.", nameof(config)),
    };
}
