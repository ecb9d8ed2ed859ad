using Seg.Models.Backbones;
using Seg.Models.Configuration;

namespace Seg.Models.Networks;

/// <summary>Builds backbones from their configuration.</summary>
public static class BackboneFactory
{
    public static Backbone Create(BackboneConfig config, bool alignCorners) => config switch
    {
        HRNetConfig hrnet => new HRNet(
            hrnet.Width, hrnet.BottleneckChannels, hrnet.BlocksPerStage, hrnet.ModulesPerStage, alignCorners,
            hrnet.Interpolation, hrnet.LastFusion, hrnet.Placements),
        ResNetConfig resnet => ResNetFactory.Create(resnet),
        _ => throw new ArgumentException($"No backbone is known for a {config.GetType().Name}.", nameof(config)),
    };
}
