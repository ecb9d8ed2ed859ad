using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>Whether numbers are finite, of plain operators.</summary>
public static class FiniteNumbers
{
    /// <summary>Whether every element of every tensor is a finite number.</summary>
    public static bool Only(IReadOnlyList<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        // A sum is finite only if all of its parts are; in float64, so that finite ones do not overflow.
        var sums = tensors.Select(tensor => tensor.sum(ScalarType.Float64)).ToArray();
        return sums.Length == 0 || stack(sums).isfinite().all().item<bool>();
    }
}
