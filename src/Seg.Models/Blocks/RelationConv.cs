using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// The 1x1 convolution of relation-aware global attention, over the relations of every node with all reference nodes, in both directions.
/// </summary>
/// <remarks>
/// Zhang et al., "Relation-Aware Global Attention", CVPR 2020, arXiv:1904.02998. The relation of nodes i and j is r(i, j) = θ_i · φ_j; node p has
/// the channels r(p, c) for all references c, then r(c, p). As both the relation and the convolution are sums of products, the weight can
/// be multiplied with the references first: Σ_c w_c (θ_p · φ_c) = θ_p · (Σ_c w_c φ_c). So the relations themselves are never made, and
/// the cost grows with the number of nodes, not with its square.
/// Shapes: θ and φ of the nodes (N, C, L), θ and φ of the references (N, C, R) → (N, K, L).
/// </remarks>
public sealed class RelationConv : KeyedModule<Tensor[], Tensor>, ICountedConvolution
{
    private Parameter? bias;   // (K), only once a norm has been folded

    /// <param name="references">R; at least 1.</param>
    /// <param name="outChannels">K; at least 1.</param>
    public RelationConv(int references, int outChannels) : base(nameof(RelationConv))
    {
        // An ordinary convolution draws the values to start from; this module takes them over.
        using var start = Conv2d(2L * references, outChannels, 1L, bias: false);
        Weight = new Parameter(start.weight.detach().clone());
        register_parameter("weight", Weight);
    }

    /// <summary>(K, 2 · R, 1, 1): for the relations to the references, then for those from them.</summary>
    public Parameter Weight { get; private set; }

    /// <summary>The authors' convolution sees all relations.</summary>
    public long CountMultiplyAdds(Tensor[] parts, Tensor output) => output.numel() * Weight.shape[1];

    /// <param name="parts">θ and φ of the nodes, θ and φ of the references.</param>
    public override Tensor forward(Tensor[] parts)
    {
        using var scope = NewDisposeScope();
        var halves = Weight.flatten(1).chunk(2, 1);                                 // 2 x (K, R)
        var to = halves[0].matmul(parts[3].transpose(1, 2));                        // (N, K, C), of the references' φ
        var from = halves[1].matmul(parts[2].transpose(1, 2));                      // (N, K, C), of the references' θ
        var sum = to.bmm(parts[0]) + from.bmm(parts[1]);                            // (N, K, L)
        return (bias is null ? sum : sum.add_(bias.view(-1, 1))).MoveToOuterDisposeScope();
    }

    /// <summary>Puts a following norm's running statistics into the weight and a bias. For prediction only; it cannot be undone.</summary>
    public void Fold(BatchNorm2d norm)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var (weight, offset) = NormFolding.Of(Weight, bias, norm);
        Weight.copy_(weight);
        bias = new Parameter(offset.DetachFromDisposeScope(), requires_grad: false);
        register_parameter(nameof(bias), bias);
    }
}
