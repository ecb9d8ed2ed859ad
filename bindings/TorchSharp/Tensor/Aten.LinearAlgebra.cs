using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator MatMul = new("aten::matmul"), MatrixMatrix = new("aten::mm"), MatrixVector = new("aten::mv");
    internal static readonly Operator BatchedMatrixMatrix = new("aten::bmm"), Dot = new("aten::dot"), Outer = new("aten::outer");
    internal static readonly Operator AddMatrixMatrix = new("aten::addmm"), AddBatchedMatrixMatrix = new("aten::baddbmm");
    internal static readonly Operator Determinant = new("aten::det"), Inverse = new("aten::inverse"), Trace = new("aten::trace");
    internal static readonly Operator Einsum = new("aten::einsum"), MeshGrid = new("aten::meshgrid", "indexing");
}
