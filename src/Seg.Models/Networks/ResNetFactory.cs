using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Configuration;

namespace Seg.Models.Networks;

/// <summary>Builds the parts of a ResNet, and puts blocks where its configuration says.</summary>
internal static class ResNetFactory
{
    /// <exception cref="InputException">A block cannot stand where the configuration puts it.</exception>
    public static ResNet Create(ResNetConfig config)
    {
        var stem = CreateStem(config);
        var channels = config.Stem switch
        {
            ResNetStem.None => config.InChannels,
            ResNetStem.Deep => 2 * config.StemChannels,
            _ => config.StemChannels,
        };
        var stride = config.InStride * (stem is null ? 1 : 4);
        var layers = new List<ResNetLayer>();
        for (var stage = 1; stage <= 4; stage++)
        {
            if (config.Units[stage - 1] == 0)
                continue;
            stride *= config.Strides[stage - 1];
            var units = CreateUnits(config, stage, channels);
            channels = config.OutChannelsOf(stage);
            layers.Add(new(stage, new ResNetStage(units), CreateAfterStage(config, stage), new FeatureMap(channels, stride)));
        }
        return new(config.Key, config.InStride, stem, layers);
    }

    private static StemLayers? CreateStem(ResNetConfig config)
    {
        var (channels, width, pooling) = (config.InChannels, config.StemChannels, config.StemPooling);
        return config.Stem switch
        {
            ResNetStem.None => null,
            ResNetStem.Deep => StemLayers.Deep(channels, width, pooling),
            _ when config.Placements.LastOrDefault(placement => placement.Place == ResNetPlace.Stem) is { } placement => StemLayers.With(
                channels, width, BlockFactory.CreateConvolution(placement.Block, width, width, stride: 2, dilation: 1), pooling),
            _ => StemLayers.Plain(channels, width, pooling),
        };
    }

    private static ResNetUnit[] CreateUnits(ResNetConfig config, int stage, int inChannels)
    {
        var count = config.Units[stage - 1];
        var (width, outChannels) = (config.WidthOf(stage), config.OutChannelsOf(stage));
        var units = new ResNetUnit[count];
        for (var unit = 1; unit <= count; unit++)
        {
            var stride = unit == 1 ? config.Strides[stage - 1] : 1;
            var dilation = config.DilationOf(stage, unit);
            var ordinal = new Ordinal(unit, count);
            var placements = config.Placements.Where(placement => placement.Holds(stage, ordinal)).ToLookup(placement => placement.Place);
            var convolution = placements[ResNetPlace.Convolution].LastOrDefault() is { } replacement
                ? BlockFactory.CreateConvolution(replacement.Block, width, width, stride, dilation)
                : null;
            var residual = new Bottleneck(
                inChannels, width, stride, dilation, stripPooling: placements[ResNetPlace.Gate].Any(), outChannels, convolution);
            units[unit - 1] = new(residual,
            [
                .. placements[ResNetPlace.AfterUnit]
                    .Select(placement => new PlacedBlock(placement.Name, BlockFactory.CreateOnMap(placement.Block, outChannels))),
            ]);
            inChannels = outChannels;
        }
        return units;
    }

    private static PlacedBlock[] CreateAfterStage(ResNetConfig config, int stage) =>
    [
        .. config.Placements.Where(placement => placement.Place == ResNetPlace.AfterStage && placement.Stages.Contains(stage))
            .Select(placement =>
                new PlacedBlock($"{placement.Name}{stage}", BlockFactory.CreateOnMap(placement.Block, config.OutChannelsOf(stage)))),
    ];
}
