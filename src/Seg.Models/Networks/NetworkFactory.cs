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
        SegmentationConfig segmentation => Compose(
            segmentation.Backbone, segmentation.Head, segmentation.NumClasses, segmentation.AlignCorners, segmentation.Initialization),
        PoseConfig pose => Compose(pose.Backbone, pose.Head, pose.NumClasses, alignCorners: true, pose.Initialization),
        BlockModelConfig model => new BlockNetwork(BlockFactory.Create(model.Block)),
        _ => throw new ArgumentException($"No network is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static ComposedNetwork Compose(
        BackboneConfig backboneConfig, HeadConfig headConfig, int classes, bool alignCorners, Initialization initialization)
    {
        var backbone = BackboneFactory.Create(backboneConfig, alignCorners);
        var head = HeadFactory.Create(headConfig, backbone.Maps, classes, alignCorners);
        var network = new ComposedNetwork(backbone, head, alignCorners);
        switch (initialization)
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
