using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>Builds blocks from their configuration: alone, or for a place in a network.</summary>
public static class BlockFactory
{
    /// <summary>A bare block, whose configuration gives the channels.</summary>
    /// <exception cref="InputException">It does not.</exception>
    public static Module<Tensor, Tensor> Create(BlockConfig config)
    {
        var channels = config.InChannels ?? throw new InputException($"The bare block {config.Name} has no in_channels.");
        return config switch
        {
            StripPoolingConfig strip => new StripPooling(channels, strip.OutChannels ?? channels),
            MixedPoolingConfig mixed => new MixedPooling(channels, mixed.PoolSizes, mixed.AlignCorners),
            PyramidPoolingConfig pyramid => new PyramidPooling(channels, pyramid.PoolSizes, pyramid.AlignCorners),
            StripPoolingHeadBlockConfig head => new HeadBlock(new StripPoolingHead(
                [new FeatureMap(channels, Stride: 1)], head.OutChannels, head.PoolSizes, head.Dropout, head.AlignCorners)),
            NonLocalConfig nonLocal => new NonLocal(
                channels, nonLocal.Dimension, nonLocal.Pairwise, nonLocal.SubSample, nonLocal.BatchNorm, nonLocal.InnerChannels,
                nonLocal.ZeroInitialized),
            LocalRelationConfig relation => LocalRelationFactory.Create(relation, channels, relation.OutChannels ?? channels, relation.Stride),
            BottleneckConfig bottleneck => new Bottleneck(
                channels, bottleneck.Channels, bottleneck.Stride, bottleneck.Dilation, bottleneck.StripPooling),
            RgaConfig rga => new RelationAwareAttention(
                channels, (rga.Grid[0], rga.Grid[1]), rga.Spatial, rga.Channel, rga.AnySize, rga.ChannelReduction, rga.SpatialReduction,
                rga.HiddenReduction),
            SkConvConfig sk => SelectiveKernel(sk, channels, sk.OutChannels ?? channels, sk.Stride, dilation: 1),
            _ => throw Unknown(config),
        };
    }

    /// <summary>A block to put after a map: (N, channels, H, W) → the same.</summary>
    /// <exception cref="InputException">The block cannot stand there, or not with so many channels.</exception>
    public static Module<Tensor, Tensor> CreateOnMap(BlockConfig config, int channels)
    {
        Check(config, config.FaultsOnMap("the block"));
        var placed = Place(config, channels);
        return placed is StripPoolingConfig ? new StripPoolingGate(channels) : Create(placed);
    }

    /// <summary>
    /// A block in place of a 3x3 convolution, its norm and its ReLU: (N, inChannels, H, W) → (N, outChannels, ⌈H / stride⌉, ⌈W / stride⌉).
    /// </summary>
    /// <exception cref="InputException">The block cannot stand there, or not with these channels.</exception>
    public static Module<Tensor, Tensor> CreateConvolution(BlockConfig config, int inChannels, int outChannels, int stride, int dilation)
    {
        Check(config, config.FaultsAsConvolution("the block"));
        return config switch
        {
            SkConvConfig sk => SelectiveKernel(Place(sk with { OutChannels = outChannels }, inChannels), inChannels, outChannels, stride, dilation),
            LocalRelationConfig relation => CreateLocalRelationUnit(relation, inChannels, outChannels, stride, dilation),
            _ => throw Unknown(config),
        };
    }

    private static SelectiveKernelConv SelectiveKernel(SkConvConfig sk, int inChannels, int outChannels, int stride, int dilation) => new(
        inChannels, outChannels, sk.Form, sk.Branches, sk.Groups, sk.Reduction, sk.MinimumWidth, stride, dilation);

    private static LocalRelationUnit CreateLocalRelationUnit(LocalRelationConfig config, int inChannels, int outChannels, int stride, int dilation)
    {
        Check(config, config.FaultsAsConvolution(inChannels, outChannels, dilation));
        return new(LocalRelationFactory.Create(Place(config, inChannels), inChannels, outChannels, stride));
    }

    /// <summary>The configuration with the channels of the place; its own rules hold for them too.</summary>
    private static T Place<T>(T config, int channels)
        where T : BlockConfig
    {
        var placed = config with { InChannels = channels };
        Check(placed, (placed as IChecked)?.Faults() ?? []);
        return placed;
    }

    private static void Check(BlockConfig config, IEnumerable<ConfigFault> faults)
    {
        foreach (var fault in faults)
            throw new InputException($"The block {config.Name} cannot be placed: {ConfigNames.ToSnakeCase(fault.Member)} {fault.Problem}.");
    }

    private static ArgumentException Unknown(BlockConfig config) => new($"No block is known for a {config.GetType().Name}.", nameof(config));
}
