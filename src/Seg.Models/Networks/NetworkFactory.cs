using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>
/// Builds networks from their configuration: the one place that knows which class stands behind which configuration record.
/// </summary>
public static class NetworkFactory
{
    /// <summary>A network with weights to start training from, drawn from torch's generator: seed that before.</summary>
    public static Network Create(ModelConfig config) => config switch
    {
        SegmentationConfig segmentation => CreateSegmentation(segmentation),
        BlockModelConfig model => new BlockNetwork(CreateBlock(model.Block)),
        _ => throw new ArgumentException($"No network is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static SegmentationNetwork CreateSegmentation(SegmentationConfig config)
    {
        var backbone = CreateBackbone(config.Backbone, config.AlignCorners);
        var head = CreateHead(config.Head, backbone.Maps, config.NumClasses, config.AlignCorners);
        var network = new SegmentationNetwork(backbone, head, config.AlignCorners);
        switch (config.Initialization)
        {
            case Initialization.Official:
                backbone.InitializeAsAuthors();
                head.InitializeAsAuthors();
                break;
            case Initialization.Kaiming:
                WeightInitializer.DrawConvolutionsByFanOut(network);
                break;
        }
        return network;
    }

    private static Backbone CreateBackbone(BackboneConfig config, bool alignCorners) => config switch
    {
        HRNetConfig hrnet => new HRNet(hrnet.Width, hrnet.BottleneckChannels, hrnet.BlocksPerStage, hrnet.ModulesPerStage, alignCorners),
        _ => throw new ArgumentException($"No backbone is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static Head CreateHead(HeadConfig config, IReadOnlyList<FeatureMap> maps, int classes, bool alignCorners) => config switch
    {
        ConcatHeadConfig => new ConcatHead(maps, classes, alignCorners),
        StripPoolingHeadConfig strip => new StripPoolingHead(maps, classes, strip.PoolSizes, strip.Dropout, alignCorners),
        _ => throw new ArgumentException($"No head is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static Module<Tensor, Tensor> CreateBlock(BlockConfig config) => config switch
    {
        StripPoolingConfig strip => new StripPooling(strip.InChannels, strip.OutChannels ?? strip.InChannels),
        MixedPoolingConfig mixed => new MixedPooling(mixed.InChannels, mixed.PoolSizes),
        _ => throw new ArgumentException($"No block is known for a {config.GetType().Name}.", nameof(config)),
    };
}
