using Seg.Models.Configuration;

namespace Seg.Models.Networks;

/// <summary>
/// Builds networks from their configuration. This, <see cref="BackboneFactory"/>, <see cref="HeadFactory"/> and
/// <see cref="BlockFactory"/> are what knows which class stands behind which configuration record.
/// </summary>
public static class NetworkFactory
{
    /// <summary>A network with weights to start training from, drawn from torch's generator: seed that before.</summary>
    public static Network Create(ModelConfig config) => config switch
    {
        SegmentationConfig segmentation => CreateSegmentation(segmentation),
        BlockModelConfig model => new BlockNetwork(BlockFactory.Create(model.Block)),
        _ => throw new ArgumentException($"No network is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static SegmentationNetwork CreateSegmentation(SegmentationConfig config)
    {
        var backbone = BackboneFactory.Create(config.Backbone, config.AlignCorners);
        var head = HeadFactory.Create(config.Head, backbone.Maps, config.NumClasses, config.AlignCorners);
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
}
