using Seg.Models.Configuration;
using Seg.Models.Heads;

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
        PoseConfig pose => CreatePose(pose),
        BottomUpPoseConfig pose => CreateBottomUpPose(pose),
        ClassificationConfig classification => CreateClassification(classification),
        BlockModelConfig model => new BlockNetwork(BlockFactory.Create(model.Block)),
        _ => throw new ArgumentException($"No network is known for a {config.GetType().Name}.", nameof(config)),
    };

    private static Network CreateSegmentation(SegmentationConfig config)
    {
        var backbone = BackboneFactory.Create(config.Backbone, config.AlignCorners);
        var head = CreateHead(config.Head);
        var auxiliary = config.Auxiliary is null ? null : new AuxiliaryHead(CreateHead(config.Auxiliary.Head), config.Auxiliary.Weight);
        var network = new ComposedNetwork(backbone, head, config.AlignCorners, auxiliary, config.OutputAtImageSize);
        List<Action> asAuthors = [backbone.InitializeAsAuthors, head.Head.InitializeAsAuthors];
        if (auxiliary is not null)
            asAuthors.Add(auxiliary.Head.Head.InitializeAsAuthors);
        return Started(network, config.Initialization, asAuthors);

        HeadOnMaps CreateHead(HeadConfig head) => HeadFactory.Create(head, backbone.Maps, config.NumClasses, config.AlignCorners);
    }

    private static Network CreatePose(PoseConfig config)
    {
        var backbone = BackboneFactory.Create(config.Backbone, alignCorners: true);
        var head = HeadFactory.Create(config, backbone.Maps);
        var network = new ComposedNetwork(backbone, head, alignCorners: true);
        return Started(network, config.Initialization, [backbone.InitializeAsAuthors, head.Head.InitializeAsAuthors]);
    }

    private static Network CreateBottomUpPose(BottomUpPoseConfig config)
    {
        var backbone = BackboneFactory.Create(config.Backbone, alignCorners: false);
        var head = new DekrHead(
            backbone.Maps, config.NumClasses, config.Head.HeatmapChannels, config.Head.HeatmapBlocks, config.Head.ChannelsPerKeypoint, config.Head.OffsetBlocks);
        HeadOnMaps onMaps = new(head, [.. Enumerable.Range(0, backbone.Maps.Count)]);
        var network = new ComposedNetwork(backbone, onMaps, alignCorners: false);
        return Started(network, config.Initialization, [backbone.InitializeAsAuthors, head.InitializeAsAuthors]);
    }

    private static Network CreateClassification(ClassificationConfig config)
    {
        var backbone = BackboneFactory.Create(config.Backbone, alignCorners: true);
        var classifier = HeadFactory.Create(config.Classifier, backbone.Maps, config.NumClasses);
        var network = new ClassificationNetwork(backbone, classifier);
        return Started(network, config.Initialization, [backbone.InitializeAsAuthors, classifier.InitializeAsAuthors]);
    }

    private static Network Started(Network network, Initialization initialization, IEnumerable<Action> asAuthors)
    {
        switch (initialization)
        {
            case Initialization.Official:
                foreach (var initialize in asAuthors)
                    initialize();
                break;
            case Initialization.Kaiming:
                WeightInitializer.DrawConvolutionsByFanOut(network);
                break;
        }
        return network;
    }
}
