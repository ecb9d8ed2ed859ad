using Seg.Models.Configuration;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Runtime;

/// <summary>
/// <see cref="ITorchRuntime.LocalRelation"/> of plain operators: takes kernel² shifted copies of the value and of the key. Runs on any
/// device, and is what the native operator is checked against.
/// </summary>
public static class UnfoldedLocalRelation
{
    /// <summary>As <see cref="ITorchRuntime.LocalRelation"/>, which says what the arguments are.</summary>
    public static Tensor Compute(
        Tensor value, Tensor key, Tensor query, Tensor? prior, int kernel, int stride, int padding, RelationComposition composition)
    {
        using var scope = NewDisposeScope();
        var type = value.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (samples, channels, groups) = (value.shape[0], value.shape[1], key.shape[1]);
        var height = OutputExtent(value.shape[2], kernel, stride, padding);
        var width = OutputExtent(value.shape[3], kernel, stride, padding);
        var window = (long)kernel * kernel;

        var values = Unfold(value).view(samples, channels / groups, groups, window, height * width);
        var keys = Unfold(key).view(samples, groups, window, height * width);
        var queries = Centres(functional.pad(query.to_type(type), [padding, padding, padding, padding]))
            .reshape(samples, groups, 1, height * width);
        var logits = Compose(queries, keys, composition);                                       // (N, E, k², H' · W')
        if (prior is not null)
            logits = logits + prior.to_type(type).reshape(1, groups, window, 1);
        var weights = logits.softmax(2).unsqueeze(1);                                           // (N, 1, E, k², H' · W')
        return (weights * values).sum(3)                                                        // (N, C / E, E, H' · W')
            .view(samples, channels, height, width).to_type(value.dtype).MoveToOuterDisposeScope();

        Tensor Unfold(Tensor map) => functional.unfold(map.to_type(type), kernel, padding: padding, stride: stride);

        Tensor Centres(Tensor map) => map[
            TensorIndex.Ellipsis,
            TensorIndex.Slice(kernel / 2, kernel / 2 + (height - 1) * stride + 1, stride),
            TensorIndex.Slice(kernel / 2, kernel / 2 + (width - 1) * stride + 1, stride)];
    }

    private static long OutputExtent(long extent, int kernel, int stride, int padding) => (extent + 2 * padding - kernel) / stride + 1;

    private static Tensor Compose(Tensor queries, Tensor keys, RelationComposition composition) => composition switch
    {
        RelationComposition.Product => queries * keys,
        RelationComposition.SquaredDifference => -(queries - keys).square(),
        RelationComposition.AbsoluteDifference => -(queries - keys).abs(),
        _ => throw new ArgumentOutOfRangeException(nameof(composition), composition, null),
    };
}
