using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>A local relation layer with batch norm and ReLU: what stands in place of a 3x3 convolution with its own.</summary>
/// <remarks>
/// Hu et al., arXiv:1904.11491, section 4: LR-Net's bottlenecks have the layer where ResNet's have the 3x3 convolution.
/// Shapes: the layer's.
/// </remarks>
public sealed class LocalRelationUnit : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly LocalRelation layer;
    private readonly BatchNorm2d norm;
    private readonly ConvNormAct? last;

    /// <param name="layer">The layer, which this unit owns.</param>
    public LocalRelationUnit(LocalRelation layer) : base(nameof(LocalRelationUnit))
    {
        this.layer = layer;
        norm = BatchNorm2d(layer.OutChannels);
        register_module("layer", layer);
        register_module("norm", norm);
        if (layer.FinalConvolution is { } convolution)
            last = new(convolution, norm, relu: true);
    }

    public override Tensor forward(Tensor x)
    {
        using var related = layer.Relate(x);
        return last?.Forward(related) ?? TorchRuntime.Current.BatchNormAct(related, norm, residual: null, relu: true);
    }

    /// <summary>Without a final convolution there is nothing that the norm could be put into.</summary>
    public void Fold() => last?.Fold();
}
