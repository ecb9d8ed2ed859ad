using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Operator RandnOperator = new("aten::randn", "generator");

    /// <summary>Independent draws from the standard normal distribution.</summary>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        RandnOperator.Tensor(size.ToArray(), generator, dtype, Value.None, device).with_requires_grad(requires_grad);
}
