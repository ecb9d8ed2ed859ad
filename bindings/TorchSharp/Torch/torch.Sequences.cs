using TorchSharp.Interop;

namespace TorchSharp;

// Numbers in regular steps, and the unit matrix.
public static partial class torch
{
    /// <summary>
    /// From start up to stop (exclusive) in steps; int64 where all three are whole numbers, else float32, unless told otherwise.
    /// </summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var integral = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var type = dtype ?? (integral ? ScalarType.Int64 : ScalarType.Float32);
        return Aten.Arange.Tensor(start, stop, step, type, Value.None, device).with_requires_grad(requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>So many numbers from start to end (inclusive).</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.LinSpace.Tensor(start, end, steps, dtype, Value.None, device).with_requires_grad(requires_grad);

    /// <summary>1 on the diagonal, 0 elsewhere; square unless columns are given.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Aten.Eye.Tensor(rows, columns == -1 ? rows : columns, dtype, Value.None, device).with_requires_grad(requires_grad);

    /// <summary>One tensor for each of several axes, which together hold every combination of their elements.</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Aten.MeshGrid.Tensors(tensors.ToArray(), indexing);
}
