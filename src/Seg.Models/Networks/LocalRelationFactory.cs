using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Networks;

/// <summary>Builds local relation layers, with the position map that their configuration names.</summary>
internal static class LocalRelationFactory
{
    /// <exception cref="InputException">The position file cannot be read, or holds a map of another shape.</exception>
    public static LocalRelation Create(LocalRelationConfig config, int inChannels, int outChannels, int stride)
    {
        using var position = config.Position is null ? null : NpyFile.Read(config.Position);
        var block = new LocalRelation(
            inChannels, config.Kernel, config.Sharing, stride, config.Padding, config.Composition, config.GeometryPrior, config.PriorMultiplier,
            config.FinalConvolution, outChannels);
        if (position is not null)
            SetPosition(block, position, config.Position!);
        return block;
    }

    private static void SetPosition(LocalRelation block, Tensor position, string path)
    {
        try
        {
            block.Position = position;
        }
        catch (ArgumentException fault)
        {
            block.Dispose();
            throw new InputException($"{path} cannot be a local_relation's position: {fault.Message}", fault);
        }
    }
}
