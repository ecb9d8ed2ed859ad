using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Equal = new("aten::eq", "Tensor"), EqualScalar = new("aten::eq", "Scalar");
    internal static readonly Operator EqualInPlace = new("aten::eq_", "Tensor"), EqualScalarInPlace = new("aten::eq_", "Scalar");
    internal static readonly Operator NotEqual = new("aten::ne", "Tensor"), NotEqualScalar = new("aten::ne", "Scalar");
    internal static readonly Operator NotEqualInPlace = new("aten::ne_", "Tensor"), NotEqualScalarInPlace = new("aten::ne_", "Scalar");
    internal static readonly Operator Less = new("aten::lt", "Tensor"), LessScalar = new("aten::lt", "Scalar");
    internal static readonly Operator LessInPlace = new("aten::lt_", "Tensor"), LessScalarInPlace = new("aten::lt_", "Scalar");
    internal static readonly Operator LessEqual = new("aten::le", "Tensor"), LessEqualScalar = new("aten::le", "Scalar");
    internal static readonly Operator LessEqualInPlace = new("aten::le_", "Tensor"), LessEqualScalarInPlace = new("aten::le_", "Scalar");
    internal static readonly Operator Greater = new("aten::gt", "Tensor"), GreaterScalar = new("aten::gt", "Scalar");
    internal static readonly Operator GreaterInPlace = new("aten::gt_", "Tensor"), GreaterScalarInPlace = new("aten::gt_", "Scalar");
    internal static readonly Operator GreaterEqual = new("aten::ge", "Tensor"), GreaterEqualScalar = new("aten::ge", "Scalar");
    internal static readonly Operator GreaterEqualInPlace = new("aten::ge_", "Tensor");
    internal static readonly Operator GreaterEqualScalarInPlace = new("aten::ge_", "Scalar");
    internal static readonly Operator Maximum = new("aten::maximum"), Minimum = new("aten::minimum");
    internal static readonly Operator IsClose = new("aten::isclose"), AllClose = new("aten::allclose"), EqualAll = new("aten::equal");
}
