using Seg.Models.Blocks;
using Seg.Models.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>
/// ResNet with bottlenecks, and with blocks of other papers placed in it: a stem and up to four stages, each of which hands on a map.
/// </summary>
/// <remarks>
/// He et al., "Deep residual learning", CVPR 2016, arXiv:1512.03385; torchvision's keys (conv1, bn1, layer1.0.conv1, …), so that its
/// weights load.
/// Shapes: (N, C, H, W) → for each stage (N, C_i, ⌈H / stride_i⌉, ⌈W / stride_i⌉), strides 4, 8, 16 and 32 unless dilation takes their
/// place.
/// </remarks>
public sealed class ResNet : Backbone, IFoldable
{
    private readonly StemLayers? stem;
    private readonly ResNetLayer[] layers;

    /// <param name="key">What the backbone is called in the state dict; null for no name.</param>
    /// <param name="inStride">Image pixels from one position of the input to the next.</param>
    /// <param name="stem">Null where the first stage takes the input as it is.</param>
    /// <param name="layers">The stages, at least one, in their order.</param>
    public ResNet(string? key, int inStride, StemLayers? stem, IReadOnlyList<ResNetLayer> layers) : base(nameof(ResNet))
    {
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        Key = key;
        InStride = inStride;
        this.stem = stem;
        this.layers = [.. layers];
        stem?.RegisterIn(this);
        foreach (var layer in layers)
            register_module($"layer{layer.Number}", layer.Stage);
        foreach (var block in layers.SelectMany(layer => layer.After))
            register_module(block.Name, block.Module);
        Maps = [.. layers.Select(layer => layer.Map)];
    }

    /// <summary>One map for each stage, the finest first.</summary>
    public override IReadOnlyList<FeatureMap> Maps { get; }

    public override string? Key { get; }

    public override int InStride { get; }

    public override Tensor[] forward(Tensor images)
    {
        // images: (N, 3, H, W); sizes below without dilation
        using var entered = stem?.Forward(images);                             // (N, 64, H/4, W/4)
        var maps = new Tensor[layers.Length];
        for (var i = 0; i < maps.Length; i++)
        {
            // (N, 256 · 2^i, H / (4 · 2^i), W / (4 · 2^i))
            Module<Tensor, Tensor>[] steps = [layers[i].Stage, .. layers[i].After.Select(block => block.Module)];
            maps[i] = steps.Follow(i > 0 ? maps[i - 1] : entered ?? images);
        }
        return maps;
    }

    /// <summary>
    /// Convolutions are drawn by their fan-out, as in torchvision's and SPNet's codes; blocks after units and stages stay as they are made.
    /// </summary>
    public override void InitializeAsAuthors() => WeightInitializer.DrawConvolutionsByFanOut(
        this, layers.SelectMany(layer => layer.After.Concat(layer.Stage.After)).Select(block => block.Module));

    public void Fold() => stem?.Fold();
}
