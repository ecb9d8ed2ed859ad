using Seg.Models.Blocks;
using Seg.Models.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Networks;

/// <summary>Builds blocks from their configuration.</summary>
internal static class BlockFactory
{
    public static Module<Tensor, Tensor> Create(BlockConfig config) => config switch
    {
        StripPoolingConfig strip => new StripPooling(strip.InChannels, strip.OutChannels ?? strip.InChannels),
        MixedPoolingConfig mixed => new MixedPooling(mixed.InChannels, mixed.PoolSizes),
        _ => throw new ArgumentException($"No block is known for a {config.GetType().Name}.", nameof(config)),
    };
}
