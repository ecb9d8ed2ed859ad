using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// The mean of values over all positions j, weighted by relu(w · [query_i, key_j]): the concatenation form of the non-local block.
/// </summary>
/// <remarks>
/// Wang et al., "Non-local Neural Networks", CVPR 2018, arXiv:1711.07971, equation 5; one weight, that of the authors' 1x1 convolution of all
/// pairs, without a bias.
/// The weight's two halves make one number of each position: relu(a_i + b_j). Where b_j exceeds -a_i the ReLU passes, and these j are the
/// first ones once b is sorted. So sums over the first m of the sorted keys, for every m, hold all that any position needs: no pair is
/// ever looked at, here or in the gradient, and the result is that of the plain form. Sums are in float64, as differences of large ones matter.
/// Shapes: queries (N, L, C), keys (N, K, C), values (N, K, D) → (N, L, D).
/// </remarks>
public sealed class NonLocalConcatenation : KeyedModule<Tensor[], Tensor>, ICountedConvolution
{
    /// <param name="channels">C, the channels of queries and of keys; at least 1.</param>
    public NonLocalConcatenation(int channels) : base(nameof(NonLocalConcatenation))
    {
        // An ordinary convolution draws the values to start from; this module takes them over.
        using var start = Conv2d(2L * channels, 1, 1L, bias: false);
        Weight = new Parameter(start.weight.detach().clone());
        register_parameter("weight", Weight);
    }

    /// <summary>(1, 2 · C, 1, 1), for the queries and for the keys.</summary>
    public Parameter Weight { get; }

    /// <summary>The authors' convolution sees every pair of positions.</summary>
    public long CountMultiplyAdds(Tensor[] parts, Tensor output) => parts[0].shape[0] * parts[0].shape[1] * parts[1].shape[1] * Weight.numel();

    /// <param name="parts">Queries, keys and values.</param>
    public override Tensor forward(Tensor[] parts)
    {
        using var scope = NewDisposeScope();
        var (queries, keys, values) = (parts[0], parts[1], parts[2]);
        var halves = Weight.to_type(queries.dtype).view(2, -1, 1);                                   // (2, C, 1)
        var a = queries.matmul(halves[0]).to_type(ScalarType.Float64);                               // (N, L, 1)
        var b = keys.matmul(halves[1]).to_type(ScalarType.Float64);                                  // (N, K, 1)

        var (ascending, order) = b.neg().sort(1);                                                    // the largest b_j first
        var sorted = values.to_type(ScalarType.Float64).gather(1, order.expand(-1, -1, values.shape[2]));
        var sums = FromNothing(sorted.cumsum(1));                                                    // (N, K + 1, D)
        var weighted = FromNothing((sorted * ascending.neg()).cumsum(1));                            // (N, K + 1, D)
        // How many j have -b_j below a_i.
        var passing = searchsorted(ascending.detach().squeeze(2).contiguous(), a.detach().squeeze(2).contiguous());
        var place = passing.unsqueeze(2).expand(-1, -1, values.shape[2]);                            // (N, L, D)
        var sum = a * sums.gather(1, place) + weighted.gather(1, place);
        return (sum / keys.shape[1]).to_type(values.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The sums of the first 0, 1, 2, … from those of the first 1, 2, ….</summary>
    private static Tensor FromNothing(Tensor sums) => functional.pad(sums, [0, 0, 1, 0]);
}
