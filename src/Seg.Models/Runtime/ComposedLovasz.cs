using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary><see cref="ITorchRuntime.LovaszSlopes"/> of plain operators: for the TorchSharp packages and for GPUs.</summary>
public static class ComposedLovasz
{
    /// <inheritdoc cref="ITorchRuntime.LovaszSlopes"/>
    public static Tensor Slopes(Tensor probabilities, Tensor labels, byte ignoreIndex)
    {
        using var withoutGradient = no_grad();
        using var scope = NewDisposeScope();
        var ignored = labels.eq(ignoreIndex);
        var losses = Enumerable.Range(0, (int)probabilities.shape[0])
            .Select(label => ReplaceBySlopes(probabilities.select(0, label), labels.eq(label).logical_and(ignored.logical_not()), ignored))
            .ToArray();
        return stack(losses).MoveToOuterDisposeScope();
    }

    /// <param name="values">(P) of one class.</param>
    /// <param name="isClass">Which pixels are of the class.</param>
    private static Tensor ReplaceBySlopes(Tensor values, Tensor isClass, Tensor ignored)
    {
        using var scope = NewDisposeScope();
        var foreground = isClass.sum().to_type(ScalarType.Float64);
        // Ignored pixels come last, where they take part in no other's slope.
        var errors = (1 - values).where(isClass, values).clamp(0.0, 1.0).masked_fill(ignored, -1);
        var (sorted, order) = errors.sort(0, descending: true, stable: true);
        var missed = isClass.index_select(0, order).to_type(ScalarType.Float64).cumsum(0);   // of the class, among the pixels so far
        var rank = ones_like(missed).cumsum(0);
        var jaccard = 1 - (foreground - missed) / (foreground + rank - missed);
        var slopes = jaccard.clone();
        slopes.narrow(0, 1, slopes.shape[0] - 1).sub_(jaccard.narrow(0, 0, slopes.shape[0] - 1));
        var loss = (sorted.clamp(min: 0.0) * slopes).sum();

        var placed = zeros_like(values).scatter_(0, order, slopes.to_type(ScalarType.Float32));
        var signed = (-placed).where(isClass, placed).masked_fill(ignored, 0);
        values.copy_(signed.masked_fill(foreground.eq(0), 0));
        return loss.masked_fill(foreground.eq(0), double.NaN).MoveToOuterDisposeScope();
    }
}
