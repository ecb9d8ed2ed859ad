using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>The average over the map, batch norm, and a linear layer without bias: how RGA's authors tell persons apart.</summary>
/// <remarks>
/// Zhang et al., "Relation-Aware Global Attention", CVPR 2020, arXiv:1904.02998; their keys feat_bn and cls. The norm's bias is there and
/// stays zero: it takes no gradient. Their code can return the features before and after the norm, too; here only the scores are.
/// Shapes: (N, C, H, W) → (N, classes).
/// </remarks>
public sealed class NormalizedClassifier : Classifier
{
    private readonly BatchNorm1d norm;
    private readonly Dropout dropout;
    private readonly Linear linear;

    /// <param name="channels">C; at least 1.</param>
    /// <param name="classes">At least 1.</param>
    /// <param name="dropout">Share of features that are dropped before the linear layer while training.</param>
    public NormalizedClassifier(int channels, int classes, double dropout) : base(nameof(NormalizedClassifier))
    {
        register_module("feat_bn", norm = BatchNorm1d(channels));
        norm.bias!.requires_grad = false;
        register_module("drop", this.dropout = Dropout(dropout));
        register_module("cls", linear = Linear(channels, classes, hasBias: false));
    }

    public override Tensor forward(Tensor map)
    {
        using var scope = NewDisposeScope();
        var features = norm.call(map.mean([2, 3]));                  // (N, C)
        return linear.call(dropout.call(features)).MoveToOuterDisposeScope();
    }

    public override void InitializeAsAuthors() => init.normal_(linear.weight, mean: 0, std: 0.001);
}
